package ai.kubiya.server.project.run;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wire shape of a run on the documented surface, which calls it an execution. */
public final class RunJson {
    private RunJson() {}

    public static ObjectNode of(ProjectRun run) {
        NewRun asked = run.asked();
        ObjectNode json = Json.object()
                .put("id", run.id().toString())
                .put("uuid", run.id().toString())
                .put("project_id", run.projectId().toString())
                .put("kind", asked.kind().wireName())
                .put("mode", asked.mode().name().toLowerCase(Locale.ROOT))
                .put("status", run.status().wireName())
                .put("trigger", asked.trigger())
                .put("message", asked.message())
                .put("speculative", asked.speculative())
                .put("auto_apply", asked.autoApply());
        json.set("targets", Json.array(asked.targets()));
        json.set("replace", Json.array(asked.replaces()));
        json.put("revision", asked.revision())
                .put("branch", run.branch())
                .put("commit", run.commit())
                .put("state_serial", run.stateSerial())
                .put("terraform_version", run.terraformVersion())
                .put("summary", run.summary());
        json.putObject("counts")
                .put("add", run.adds())
                .put("change", run.changes())
                .put("destroy", run.destroys());
        json.put("error_code", run.errorCode())
                .put("error", run.errorMessage())
                .put("plan_execution_id", text(run.planExecution()))
                .put("apply_execution_id", text(run.applyExecution()))
                .put("created_by", run.creator().email())
                .put("approved_by", run.approvedBy())
                .put("approved_at", Json.time(run.approvedAt()))
                .put("rejected_by", run.rejectedBy())
                .put("rejected_at", Json.time(run.rejectedAt()))
                .put("cancelled_by", run.cancelledBy());
        return json.put("created_at", Json.time(run.createdAt()))
                .put("started_at", Json.time(run.startedAt()))
                .put("planned_at", Json.time(run.plannedAt()))
                .put("finished_at", Json.time(run.finishedAt()));
    }

    /** With what the plan would change. */
    static ObjectNode whole(ProjectRun run, ProjectRun.Findings found) {
        ObjectNode json = of(run);
        json.set("changes", found.changes());
        json.set("drift", found.drift());
        return json;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
