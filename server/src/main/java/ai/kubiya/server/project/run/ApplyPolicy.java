package ai.kubiya.server.project.run;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.policy.Policies;
import ai.kubiya.server.policy.PolicyPoint;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.code.CodeLocation;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Asks the organisation's policies whether a plan may be applied. */
public final class ApplyPolicy {
    private final Policies policies;

    public ApplyPolicy(Policies policies) {
        this.policies = policies;
    }

    /**
     * Asked when somebody approves a plan, and before one is applied without approval.
     *
     * @param caller who approves it, or who began a run that needs no approval
     * @param plan Terraform's JSON plan, sensitive values masked
     * @return why it may not be applied, as a sentence; empty when it may
     */
    public Optional<String> refusal(Caller caller, Project project, ProjectRun run, ObjectNode plan) {
        try {
            policies.check(caller, PolicyPoint.PROJECT_APPLY, () -> input(project, run, plan));
            return Optional.empty();
        } catch (ApiException e) {
            if (e.code() != ErrorCode.ACCESS_DENIED) {
                throw e;
            }
            return Optional.of(e.details());
        }
    }

    private static ObjectNode input(Project project, ProjectRun run, ObjectNode plan) {
        CodeLocation code = project.definition().code();
        ObjectNode input = Json.object().put("runner", project.definition().runner());
        input.putObject("project")
                .put("id", project.id().toString())
                .put("name", project.name())
                .put("url", code.url())
                .put("branch", run.branch())
                .put("path", code.path())
                .put("action", run.asked().mode() == Mode.DESTROY ? "destroy" : "apply");
        input.set("plan", plan);
        return input;
    }
}
