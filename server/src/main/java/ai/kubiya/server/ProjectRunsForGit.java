package ai.kubiya.server;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.gitops.delivery.ProjectPlans;
import ai.kubiya.server.gitops.event.Place;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.code.CodeLocation;
import ai.kubiya.server.project.run.NewRun;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunKind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Projects and their runs for those who act on events of git hosts. */
final class ProjectRunsForGit implements ProjectPlans {
    private final ProjectParts projects;

    ProjectRunsForGit(ProjectParts projects) {
        this.projects = projects;
    }

    @Override
    public List<Candidate> candidates(Caller caller) {
        return projects.projects.list(caller, null, null, Page.Range.ALL).rows().stream()
                .filter(project -> project.definition().code().isGit())
                .map(ProjectRunsForGit::candidate)
                .toList();
    }

    private static Candidate candidate(Project project) {
        CodeLocation code = project.definition().code();
        return new Candidate(
                project.id(),
                project.name(),
                project.definition().autoApply(),
                new Place(code.url(), code.branch(), code.path()));
    }

    @Override
    public UUID start(Transaction transaction, Caller caller, Wish wish) {
        NewRun run = new NewRun(
                wish.planOnly() ? RunKind.PLAN : RunKind.APPLY,
                Mode.NORMAL,
                wish.planOnly() ? "pull_request" : "push",
                wish.cause(),
                wish.commit(),
                wish.planOnly(),
                !wish.planOnly() && wish.autoApply(),
                List.of(),
                List.of());
        return projects.runs
                .start(transaction, caller, wish.projectId().toString(), run)
                .id();
    }

    @Override
    public Optional<Outcome> outcome(UUID organizationId, UUID run) {
        return projects.progress.find(organizationId, run).map(ProjectRunsForGit::outcome);
    }

    private static Outcome outcome(ProjectRun run) {
        String why = run.errorMessage() == null ? "" : run.errorMessage();
        return new Outcome(run.status().wireName(), why.isEmpty() ? run.summary() : why);
    }
}
