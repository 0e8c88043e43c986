package ai.kubiya.server.docs;

import ai.kubiya.server.contract.ApiDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a schema in a table, those within them too. */
final class SchemaTable {
    private static final int DEEPEST = 3;

    private final ApiDescription description;
    private final DocRenderer renderer;

    SchemaTable(ApiDescription description, DocRenderer renderer) {
        this.description = description;
        this.renderer = renderer;
    }

    String parameters(List<JsonNode> parameters) {
        StringBuilder html = begin("Parameter");
        for (JsonNode given : parameters) {
            JsonNode parameter = description.resolve(given);
            row(
                    html,
                    parameter.path("name").asText()
                            + (parameter.path("in").asText().equals("header") ? " (header)" : ""),
                    parameter.path("required").asBoolean(),
                    description.resolve(parameter.path("schema")),
                    parameter.path("description").asText());
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    /** Empty for what has none. */
    String fields(JsonNode schema) {
        StringBuilder rows = new StringBuilder();
        rows("", schema, DEEPEST, rows);
        return rows.isEmpty()
                ? ""
                : begin("Field").append(rows).append("</tbody></table></div>\n").toString();
    }

    private static StringBuilder begin(String first) {
        return new StringBuilder(
                        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%ss\">".formatted(first))
                .append("<table><thead><tr><th>%s</th><th>Type</th><th>About</th></tr></thead><tbody>\n"
                        .formatted(first));
    }

    private void rows(String prefix, JsonNode schema, int deep, StringBuilder html) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        Set<String> required = new HashSet<>();
        gather(schema, properties, required);
        properties.forEach((name, given) -> {
            JsonNode property = description.resolve(given);
            String about = given.has("description")
                    ? given.path("description").asText()
                    : property.path("description").asText();
            row(html, prefix + name, required.contains(name), property, about);
            if (deep > 1) {
                JsonNode items = description.resolve(property.path("items"));
                if (items.isObject()) {
                    rows(prefix + name + "[].", items, deep - 1, html);
                } else {
                    rows(prefix + name + ".", property, deep - 1, html);
                }
            }
        });
    }

    private void gather(JsonNode given, Map<String, JsonNode> properties, Set<String> required) {
        JsonNode schema = description.resolve(given);
        for (String all : List.of("allOf", "oneOf", "anyOf")) {
            schema.path(all).forEach(part -> gather(part, properties, required));
        }
        schema.path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), property.getValue()));
        schema.path("required").forEach(name -> required.add(name.asText()));
    }

    private void row(StringBuilder html, String name, boolean required, JsonNode schema, String about) {
        html.append("<tr><td>%s%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        Html.code(name),
                        required ? " <span class=\"tag\">required</span>" : "",
                        Html.escape(type(schema)),
                        renderer.fragment(about + values(schema))));
    }

    private String type(JsonNode schema) {
        List<String> types = new ArrayList<>();
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(type -> types.add(type.asText()));
        } else if (schema.has("type")) {
            types.add(schema.path("type").asText());
        }
        types.remove("null");
        if (types.contains("array")) {
            String of = description.resolve(schema.path("items")).path("type").asText("");
            return of.isEmpty() ? "array" : "array of " + of;
        }
        return String.join(" or ", types);
    }

    private static String values(JsonNode schema) {
        StringBuilder more = new StringBuilder();
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            List<String> values = new ArrayList<>();
            schema.path("enum").forEach(value -> values.add("`" + value.asText() + "`"));
            more.append(" One of ").append(String.join(", ", values)).append('.');
        }
        if (schema.has("default") && schema.path("default").isValueNode()) {
            String value = schema.path("default").asText();
            more.append(value.isEmpty() ? "" : " Default `" + value + "`.");
        }
        return more.toString();
    }
}
