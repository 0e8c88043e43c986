package ai.kubiya.server.policy;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What policies see of a Terraform plan: the changes of resources and the kinds of changes of outputs. Prior state,
 * variables and configuration stay out, and so does every value that the plan marks as sensitive.
 */
final class PlanFacts {
    private static final String SENSITIVE = "(sensitive)";
    private static final List<String> OF_RESOURCES =
            List.of("address", "module_address", "mode", "type", "name", "index", "provider_name", "action_reason");

    private PlanFacts() {}

    static ObjectNode of(JsonNode plan) {
        ObjectNode facts = Json.object()
                .put("terraform_version", plan.path("terraform_version").asText());
        ArrayNode resources = facts.putArray("resource_changes");
        plan.path("resource_changes").forEach(resource -> resources.add(resource(resource)));
        ObjectNode outputs = facts.putObject("output_changes");
        plan.path("output_changes")
                .properties()
                .forEach(output -> outputs.putObject(output.getKey())
                        .set("actions", actions(output.getValue())));
        return facts;
    }

    private static ObjectNode resource(JsonNode resource) {
        ObjectNode facts = Json.object();
        for (String name : OF_RESOURCES) {
            facts.set(name, resource.has(name) ? resource.get(name) : Json.MAPPER.valueToTree(""));
        }
        JsonNode change = resource.path("change");
        ObjectNode shown = facts.putObject("change");
        shown.set("actions", actions(change));
        shown.set("before", without(change.path("before"), change.path("before_sensitive")));
        shown.set("after", without(change.path("after"), change.path("after_sensitive")));
        return facts;
    }

    private static ArrayNode actions(JsonNode change) {
        ArrayNode actions = Json.array();
        change.path("actions").forEach(actions::add);
        return actions;
    }

    /**
     * Marks have the shape of the value: true where it is sensitive as a whole. A mark of an unknown kind hides all.
     */
    private static JsonNode without(JsonNode value, JsonNode mark) {
        if (value.isMissingNode() || value.isNull()) {
            return Json.object();
        }
        if (mark.isMissingNode() || mark.isNull() || (mark.isBoolean() && !mark.booleanValue())) {
            return value;
        }
        if (mark instanceof ObjectNode marks && value instanceof ObjectNode object) {
            ObjectNode shown = Json.object();
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                shown.set(entry.getKey(), within(entry.getValue(), marks.path(entry.getKey())));
            }
            return shown;
        }
        if (mark instanceof ArrayNode marks && value instanceof ArrayNode array) {
            ArrayNode shown = Json.array();
            for (int i = 0; i < array.size(); i++) {
                shown.add(within(array.get(i), marks.path(i)));
            }
            return shown;
        }
        return Json.MAPPER.valueToTree(SENSITIVE);
    }

    private static JsonNode within(JsonNode value, JsonNode mark) {
        return value.isNull() ? value : without(value, mark);
    }
}
