package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.approval.ApprovalRule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a workflow.
 *
 * @param id another name for it in references; empty = none
 * @param config of its executor
 * @param command what it runs; empty = none
 * @param script a text for the command to run, or one that is run by itself; empty = none
 * @param depends names of steps that come before it
 * @param output under which name later steps find what it printed; empty = none
 * @param timeout seconds that an attempt may take; null = as what it does says
 * @param requiresApproval whether people have to agree before it is done; as sent
 * @param runner empty = that of the workflow
 */
public record Step(
        String name,
        String id,
        String description,
        StepType type,
        ObjectNode config,
        String command,
        String script,
        String shell,
        String directory,
        List<String> depends,
        String output,
        Map<String, String> env,
        StepRetry retry,
        ContinueOn continueOn,
        List<Precondition> preconditions,
        @Nullable Parallel parallel,
        @Nullable Long timeout,
        JsonNode requiresApproval,
        String runner) {
    public Step {
        depends = List.copyOf(depends);
        env = Map.copyOf(env);
        preconditions = List.copyOf(preconditions);
    }

    public List<ApprovalRule> approvals() {
        return ApprovalRule.stored(requiresApproval).stream().toList();
    }

    Step after(List<String> names) {
        return new Step(
                name,
                id,
                description,
                type,
                config,
                command,
                script,
                shell,
                directory,
                names,
                output,
                env,
                retry,
                continueOn,
                preconditions,
                parallel,
                timeout,
                requiresApproval,
                runner);
    }
}
