package ai.kubiya.server.project.compat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunService;
import java.time.Duration;
import java.util.Optional;

/** Finds what an id means that is a project's or a run's, and waits for runs. */
final class Runs {
    private final ProjectService projects;
    private final RunService service;

    Runs(ProjectService projects, RunService service) {
        this.projects = projects;
        this.service = service;
    }

    RunService service() {
        return service;
    }

    Optional<ProjectRun> run(Caller caller, String id) {
        return Uuids.parse(id).flatMap(uuid -> service.find(caller, uuid));
    }

    /** The project with an id or a name, or that of the run with that id. */
    Project project(Caller caller, String id) {
        return projects.require(
                caller, run(caller, id).map(run -> run.projectId().toString()).orElse(id));
    }

    /** The run with an id, or the newest of the project that it names. */
    ProjectRun runOrNewest(Caller caller, String id) {
        return run(caller, id)
                .or(() -> newest(caller, id))
                .orElseThrow(() -> ApiException.notFound("plan of the project", id));
    }

    Optional<ProjectRun> newest(Caller caller, String project) {
        return service.list(caller, project, null, new Page.Range(1, 0)).rows().stream()
                .findFirst();
    }

    ProjectRun awaited(Caller caller, ProjectRun run, Duration atMost) {
        try {
            return service.await(caller, run, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return run;
        }
    }
}
