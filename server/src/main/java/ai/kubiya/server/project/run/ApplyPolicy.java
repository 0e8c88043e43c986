package ai.kubiya.server.project.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.project.Project;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Says whether a plan may be applied. */
@FunctionalInterface
public interface ApplyPolicy {
    /** Everything may. */
    ApplyPolicy ALLOW = (caller, project, run, plan) -> Optional.empty();

    /**
     * Asked when somebody approves a plan, and before one is applied without approval.
     *
     * @param caller who approves it, or who began a run that needs no approval
     * @param plan Terraform's JSON plan, sensitive values masked
     * @return why it may not be applied, as a sentence; empty when it may
     */
    Optional<String> refusal(Caller caller, Project project, ProjectRun run, ObjectNode plan);
}
