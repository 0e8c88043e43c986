package ai.kubiya.server.tool.run;

import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.execution.NewExecution;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A call of a tool that may be started.
 *
 * @param approvals who has to agree before it runs; it waits for all of them
 * @param details what they are shown
 */
public record CheckedRun(NewExecution execution, List<ApprovalRule> approvals, ObjectNode details) {
    public CheckedRun {
        approvals = List.copyOf(approvals);
    }
}
