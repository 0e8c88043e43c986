package ai.kubiya.server.workflow.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.definition.WorkflowParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a workflow's execution keeps of its request.
 *
 * @param params what the request brings; the workflow has values for others
 * @param runner of steps that name none
 * @param depth how many workflows it is within
 */
public record WorkflowSpec(Caller caller, Workflow workflow, Map<String, JsonNode> params, String runner, int depth) {
    public WorkflowSpec {
        params = Map.copyOf(params);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set("caller", StoredCaller.toJson(caller));
        json.set("workflow", workflow.source());
        ObjectNode values = json.putObject("params");
        new TreeMap<>(params).forEach(values::set);
        return json.put("runner", runner).put("depth", depth);
    }

    public static WorkflowSpec of(Execution execution) {
        ObjectNode json = execution.spec();
        Map<String, JsonNode> params = new TreeMap<>();
        json.path("params").properties().forEach(entry -> params.put(entry.getKey(), entry.getValue()));
        return new WorkflowSpec(
                StoredCaller.of(execution.organizationId(), execution.createdBy(), json.path("caller")),
                WorkflowParser.stored(json.path("workflow")),
                params,
                json.path("runner").asText(),
                json.path("depth").asInt());
    }
}
