package ai.kubiya.server.tool.run;

import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.execution.NewExecution;
import java.util.List;

/**
 * A call of a tool that may be started.
 *
 * @param approvals who has to agree before it runs; it waits for all of them
 */
public record CheckedRun(NewExecution execution, List<ApprovalRule> approvals) {
    public CheckedRun {
        approvals = List.copyOf(approvals);
    }
}
