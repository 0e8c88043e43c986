package ai.kubiya.server.project.compat;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What older clients send about a project, as the documented surface takes it. */
final class UseCaseInput {
    private static final List<String> KNOWN = List.of(
            "name",
            "description",
            "icons",
            "url",
            "branch",
            "path",
            "files",
            "secrets",
            "runner",
            "auto_apply",
            "environment_variables",
            "template_id",
            "usecase_id");

    private UseCaseInput() {}

    static ObjectNode creation(ObjectNode sent) {
        ObjectNode body = Json.object();
        KNOWN.stream().filter(sent::hasNonNull).forEach(name -> body.set(name, sent.get(name)));
        String repository =
                sent.path("repository_url").asText(sent.path("repository").asText(""));
        if (!body.has("url") && !repository.isBlank()) {
            body.put("url", repository);
        }
        takeRunnerId(body, sent);
        body.set("variables", variables(sent.path("variables")));
        return body;
    }

    /** The stored fields with what is sent: texts that are empty say nothing, and variables that are left out stay. */
    static ObjectNode change(ObjectNode stored, ObjectNode sent) {
        ObjectNode body = stored.deepCopy();
        for (String name : List.of("name", "description")) {
            if (!sent.path(name).asText("").isBlank()) {
                body.set(name, sent.get(name));
            }
        }
        for (String name : List.of("secrets", "runner", "auto_apply", "environment_variables")) {
            if (sent.hasNonNull(name)) {
                body.set(name, sent.get(name));
            }
        }
        takeRunnerId(body, sent);
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        for (JsonNode variable : stored.path("variables")) {
            variables.put(variable.path("name").asText(), variable);
        }
        for (JsonNode variable : variables(sent.path("variables"))) {
            variables.put(variable.path("name").asText(), variable);
        }
        body.set("variables", Json.array().addAll(variables.values()));
        return body;
    }

    /** Some say the runner's id, or its name under that field. */
    private static void takeRunnerId(ObjectNode body, ObjectNode sent) {
        if (!sent.hasNonNull("runner") && sent.hasNonNull("runner_id")) {
            body.set("runner", sent.get("runner_id"));
        }
    }

    /** One client sends a list, another one an object. */
    private static ArrayNode variables(JsonNode sent) {
        ArrayNode variables = Json.array();
        if (sent.isObject()) {
            sent.properties()
                    .forEach(variable ->
                            variables.addObject().put("name", variable.getKey()).set("value", variable.getValue()));
        } else {
            sent.forEach(variable -> variables.add(variable.isObject() ? plain(variable) : variable));
        }
        return variables;
    }

    private static ObjectNode plain(JsonNode variable) {
        ObjectNode json = Json.object();
        for (String name : List.of("name", "value", "secret", "sensitive")) {
            if (variable.hasNonNull(name)) {
                json.set(name, variable.get(name));
            }
        }
        return json;
    }
}
