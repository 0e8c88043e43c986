package ai.kubiya.server.drift;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.NewRun;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunKind;
import ai.kubiya.server.project.run.RunService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Shows drift, and looks for it when somebody asks. */
public final class DriftService {
    static final String TRIGGER = "drift";

    private final Database database;
    private final DriftStore store = new DriftStore();
    private final ProjectService projects;
    private final RunService runs;

    public DriftService(Database database, ProjectService projects, RunService runs) {
        this.database = database;
        this.projects = projects;
        this.runs = runs;
    }

    ObjectNode report(Caller caller, String idOrName) {
        Project project = projects.require(caller, idOrName);
        return database.read(transaction -> store.find(transaction, caller.organizationId(), project.id()))
                .orElseGet(() -> DriftReport.none(caller.organizationId(), project.id()))
                .toJson(project.definition().driftSchedule());
    }

    /**
     * Begins to look. What it finds can be taken into the state by approving the run.
     *
     * @throws ApiException when a run cannot be started
     */
    ProjectRun check(Caller caller, String idOrName) {
        return runs.start(caller, idOrName, run("somebody looks for drift", false));
    }

    /** @param speculative whether what is found can never be taken into the state */
    static NewRun run(String message, boolean speculative) {
        return new NewRun(
                RunKind.PLAN, Mode.REFRESH_ONLY, TRIGGER, message, "", speculative, false, List.of(), List.of());
    }
}
