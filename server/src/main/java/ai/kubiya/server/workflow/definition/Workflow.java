package ai.kubiya.server.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow.
 *
 * @param steps in the order in which they were written
 * @param params values of parameters for which a run brings none
 * @param timeout seconds that a run may take; null = no limit
 * @param runner of steps that name none; empty = any
 * @param source as it was sent
 */
public record Workflow(
        String name,
        String description,
        List<Step> steps,
        Map<String, JsonNode> params,
        Map<String, String> env,
        @Nullable Long timeout,
        String runner,
        ObjectNode source) {
    public Workflow {
        steps = List.copyOf(steps);
        params = Map.copyOf(params);
        env = Map.copyOf(env);
    }

    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }
}
