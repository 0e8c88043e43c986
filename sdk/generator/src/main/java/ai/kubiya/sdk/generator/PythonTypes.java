package ai.kubiya.sdk.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Typed dictionaries of the Python SDK. */
final class PythonTypes {
    private static final String REFERENCE = "#/components/schemas/";

    private final Api api;

    PythonTypes(Api api) {
        this.api = api;
    }

    String module() {
        StringBuilder text =
                new StringBuilder("# ").append(JavaScriptWriter.NOTICE).append("""

                \"""What requests and answers are made of: dictionaries, with the types of their fields for editors and checkers.\"""

                from __future__ import annotations

                from typing import Any, Dict, List, Literal, TypedDict, Union

                """);
        api.schemas().forEach((name, schema) -> {
            String words = doc(schema.path("description").asText());
            if (isRecord(schema)) {
                boolean plain = schema.path("properties")
                        .propertyStream()
                        .allMatch(property -> property.getKey().matches("[A-Za-z_]\\w*")
                                && !PythonWriter.isKeyword(property.getKey()));
                text.append("\n");
                if (plain) {
                    text.append("class ").append(name).append("(TypedDict, total=False):\n");
                    text.append("    \"\"\"").append(words).append("\"\"\"\n\n");
                    schema.path("properties")
                            .properties()
                            .forEach(property -> text.append("    ")
                                    .append(property.getKey())
                                    .append(": ")
                                    .append(type(property.getValue()))
                                    .append("\n"));
                } else {
                    text.append("# ").append(words).append("\n");
                    text.append(name).append(" = TypedDict(\"").append(name).append("\", {\n");
                    schema.path("properties")
                            .properties()
                            .forEach(property -> text.append("    \"")
                                    .append(property.getKey())
                                    .append("\": \"")
                                    .append(type(property.getValue()).replace("\"", "'"))
                                    .append("\",\n"));
                    text.append("}, total=False)\n");
                }
                text.append("\n");
            } else {
                text.append("\n# ").append(words).append("\n");
                text.append(name)
                        .append(" = ")
                        .append(isPlain(schema) ? type(schema) : "Any")
                        .append("\n\n");
            }
        });
        return text.toString();
    }

    private static boolean isRecord(JsonNode schema) {
        return schema.has("properties") && !schema.has("oneOf") && !schema.has("anyOf") && !schema.has("allOf");
    }

    /** An alias is evaluated when the module is loaded, so it may not name what comes later. */
    private static boolean isPlain(JsonNode schema) {
        return !schema.toString().contains("$ref");
    }

    static String doc(String words) {
        return words.strip().replaceAll("\\s+", " ").replace("\\", "\\\\").replace("\"\"\"", "'''");
    }

    static String type(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        if (reference.startsWith(REFERENCE)) {
            return reference.substring(REFERENCE.length());
        }
        if (schema.has("const")) {
            return literal(List.of(schema.path("const")));
        }
        if (schema.has("enum")) {
            return literal(schema.path("enum").valueStream().toList());
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return union(
                        schema.path(choice).valueStream().map(PythonTypes::type).toList());
            }
        }
        if (schema.path("type").isArray()) {
            List<String> types = new ArrayList<>();
            schema.path("type").forEach(type -> types.add(plain(type.asText(), schema)));
            return union(types);
        }
        return plain(schema.path("type").asText(), schema);
    }

    private static String literal(List<JsonNode> values) {
        return "Literal["
                + values.stream()
                        .map(value -> value.isNull()
                                ? "None"
                                : value.isBoolean() ? Api.upperFirst(value.asText()) : value.toString())
                        .collect(Collectors.joining(", "))
                + "]";
    }

    private static String union(List<String> types) {
        List<String> distinct = types.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.getFirst() : "Union[" + String.join(", ", distinct) + "]";
    }

    private static String plain(String type, JsonNode schema) {
        return switch (type) {
            case "string" -> "str";
            case "integer" -> "int";
            case "number" -> "float";
            case "boolean" -> "bool";
            case "null" -> "None";
            case "array" -> "List[" + type(schema.path("items")) + "]";
            case "object" -> {
                JsonNode values = schema.path("additionalProperties");
                yield "Dict[str, "
                        + (values.isObject()
                                        && !values.isEmpty()
                                        && schema.path("properties").isEmpty()
                                ? type(values)
                                : "Any")
                        + "]";
            }
            default -> "Any";
        };
    }
}
