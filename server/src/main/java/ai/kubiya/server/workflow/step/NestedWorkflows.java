package ai.kubiya.server.workflow.step;

import ai.kubiya.server.approval.ApprovalRule;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Starts workflows as steps of others. */
public interface NestedWorkflows {
    /**
     * Looks whether one can be begun.
     *
     * @param workflow a saved one's name, or a definition
     */
    StepStart prepare(
            RunContext parent,
            JsonNode workflow,
            Map<String, JsonNode> params,
            String runner,
            List<ApprovalRule> approvals);
}
