package ai.kubiya.server.workflow;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.workflow.definition.NamedValues;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.definition.WorkflowParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a request for a run brings besides the workflow. */
final class WorkflowRequest {
    private static final int LONGEST_SECRET = 64_000;

    private WorkflowRequest() {}

    static Map<String, JsonNode> params(JsonFields fields, String name) {
        Map<String, JsonNode> params = new HashMap<>();
        fields.node(name).ifPresent(sent -> params.putAll(NamedValues.of(sent, "/" + name, fields)));
        return params;
    }

    /** Names have to be those of environment variables: that is how steps see them. */
    static Map<String, String> secrets(JsonFields fields) {
        Map<String, String> secrets = new HashMap<>();
        fields.object("secrets").properties().forEach(entry -> {
            String field = "/secrets/" + entry.getKey();
            if (!entry.getKey().matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
                fields.problem(field, "must be the name of a variable: letters, digits and _");
            } else if (!entry.getValue().isTextual()) {
                fields.problem(field, "must be a string, got " + JsonFields.kind(entry.getValue()));
            } else if (entry.getValue().asText().length() > LONGEST_SECRET) {
                fields.problem(field, "must have at most " + LONGEST_SECRET + " characters");
            } else {
                secrets.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return secrets;
    }

    /** The environment of a request goes before that of the workflow. */
    static Workflow withEnvironment(Workflow workflow, JsonFields fields) {
        Optional<JsonNode> sent = fields.node("env");
        if (sent.isEmpty()) {
            return workflow;
        }
        ObjectNode merged = workflow.source().deepCopy();
        ObjectNode env = Json.object();
        if (merged.path("env") instanceof ObjectNode own) {
            env.setAll(own);
        }
        NamedValues.of(sent.get(), "/env", fields).forEach(env::set);
        merged.set("env", env);
        if (!fields.isFine()) {
            throw ApiException.invalid(fields.problems());
        }
        return WorkflowParser.parse(merged, false, "/workflow");
    }
}
