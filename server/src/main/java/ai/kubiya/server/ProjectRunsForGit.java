package ai.kubiya.server;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.gitops.delivery.ProjectPlans;
import ai.kubiya.server.gitops.event.Place;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Projects and their runs for those who act on events of git hosts. */
final class ProjectRunsForGit implements ProjectPlans {
    private final ProjectService projects;

    ProjectRunsForGit(ProjectService projects) {
        this.projects = projects;
    }

    @Override
    public List<Candidate> candidates(Caller caller) {
        return projects.list(caller, null, null, Page.Range.ALL).rows().stream()
                .filter(project -> project.definition().code().isGit())
                .map(ProjectRunsForGit::candidate)
                .toList();
    }

    private static Candidate candidate(Project project) {
        var code = project.definition().code();
        return new Candidate(project.id(), project.name(), new Place(code.url(), code.branch(), code.path()));
    }

    @Override
    public UUID start(Transaction transaction, Caller caller, Wish wish) {
        throw ApiException.conflict("Runs of projects come from another branch.");
    }

    @Override
    public void started(UUID run) {}

    @Override
    public Optional<Outcome> outcome(UUID organizationId, UUID run) {
        return Optional.empty();
    }
}
