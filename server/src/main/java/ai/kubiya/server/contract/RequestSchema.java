package ai.kubiya.server.contract;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes the schema of a request out of that of its resource: read-only fields may be anything, because they are ignored;
 * updates need no field again; references are replaced by what they refer to, so that the place of an error is a place in
 * this one schema.
 */
final class RequestSchema {
    /** More than any sensible schema has; a schema that refers to itself would have no end. */
    private static final int DEEPEST = 40;

    private final ApiDescription description;
    private final boolean partial;
    private final boolean deep;

    RequestSchema(ApiDescription description, String method) {
        this.description = description;
        this.partial = method.equals("PUT") || method.equals("PATCH");
        // A merge patch goes on inside of objects; a PUT replaces them whole.
        this.deep = method.equals("PATCH");
    }

    JsonNode of(JsonNode schema) {
        return made(schema, partial, 0);
    }

    private JsonNode made(JsonNode written, boolean withoutRequired, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("a schema of api/openapi.yaml refers to itself");
        }
        JsonNode schema = description.resolve(written);
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode made = Json.object();
        object.properties().forEach(keyword -> {
            JsonNode value = keyword.getValue();
            switch (keyword.getKey()) {
                case "description", "example", "examples", "default", "title", "deprecated" -> {
                    // For people.
                }
                case "properties" -> made.set("properties", properties(value, withoutRequired && deep, depth));
                case "required" -> {
                    if (!withoutRequired) {
                        made.set("required", required(value, object.path("properties")));
                    }
                }
                case "additionalProperties" ->
                    made.set("additionalProperties", made(value, withoutRequired && deep, depth + 1));
                case "items", "not", "contains", "propertyNames" ->
                    made.set(keyword.getKey(), made(value, false, depth + 1));
                case "allOf", "anyOf", "oneOf", "prefixItems" ->
                    made.set(keyword.getKey(), each(value, withoutRequired, depth));
                default -> made.set(keyword.getKey(), value);
            }
        });
        return made;
    }

    private ObjectNode properties(JsonNode properties, boolean withoutRequired, int depth) {
        ObjectNode made = Json.object();
        properties.properties().forEach(property -> {
            boolean ignored =
                    description.resolve(property.getValue()).path("readOnly").asBoolean();
            made.set(
                    property.getKey(),
                    ignored
                            ? Json.object().put("readOnly", true)
                            : made(property.getValue(), withoutRequired, depth + 1));
        });
        return made;
    }

    private ArrayNode required(JsonNode names, JsonNode properties) {
        ArrayNode made = Json.array();
        names.forEach(name -> {
            if (!description
                    .resolve(properties.path(name.asText()))
                    .path("readOnly")
                    .asBoolean()) {
                made.add(name);
            }
        });
        return made;
    }

    private ArrayNode each(JsonNode schemas, boolean withoutRequired, int depth) {
        ArrayNode made = Json.array();
        schemas.forEach(schema -> made.add(made(schema, withoutRequired, depth + 1)));
        return made;
    }
}
