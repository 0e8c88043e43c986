package ai.kubiya.sdk.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records for what the API answers, and builders for what it takes, of the Java SDK. */
final class JavaTypes {
    static final String PACKAGE = "ai.kubiya.sdk.model";
    private static final String REFERENCE = "#/components/schemas/";
    private static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "try",
            "void",
            "volatile",
            "while",
            "wait",
            "notify",
            "hashCode",
            "toString",
            "getClass");

    private final Api api;
    private final Set<String> inputs;

    JavaTypes(Api api, Set<String> inputs) {
        this.api = api;
        this.inputs = inputs;
    }

    static String head(String packageName) {
        return "// " + JavaScriptWriter.NOTICE + "\npackage " + packageName + ";\n\n";
    }

    static String identifier(String name) {
        String camel = Api.camel(name.replaceAll("[^A-Za-z0-9_]", "_"));
        return KEYWORDS.contains(camel) ? camel + "_" : camel;
    }

    /** Sources by class name. */
    Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        api.schemas().forEach((name, schema) -> {
            if (isRecord(schema)) {
                sources.put(name, record(name, schema));
                if (inputs.contains(name)) {
                    sources.put(name + "Input", input(name, schema));
                }
            }
        });
        return sources;
    }

    static boolean isRecord(JsonNode schema) {
        return schema.has("properties") && !schema.has("oneOf") && !schema.has("anyOf") && !schema.has("allOf");
    }

    private String record(String name, JsonNode schema) {
        List<String> components = new ArrayList<>();
        StringBuilder text = new StringBuilder(head(PACKAGE))
                .append("import com.fasterxml.jackson.annotation.JsonIgnoreProperties;\n")
                .append("import com.fasterxml.jackson.annotation.JsonProperty;\n\n/**\n * ")
                .append(doc(schema.path("description").asText()))
                .append("\n *\n");
        schema.path("properties").properties().forEach(property -> {
            String field = identifier(property.getKey());
            text.append(" * @param ")
                    .append(field)
                    .append(" ")
                    .append(doc(property.getValue().path("description").asText()))
                    .append("\n");
            components.add(
                    "        @JsonProperty(\"" + property.getKey() + "\") " + type(property.getValue()) + " " + field);
        });
        return text.append(" */\n@JsonIgnoreProperties(ignoreUnknown = true)\npublic record ")
                .append(name)
                .append("(\n")
                .append(String.join(",\n", components))
                .append(") {}\n")
                .toString();
    }

    private String input(String name, JsonNode schema) {
        String type = name + "Input";
        StringBuilder text = new StringBuilder(head(PACKAGE))
                .append("import ai.kubiya.sdk.Input;\n\n/** What can be sent of {@link ")
                .append(name)
                .append("}. A field that is not set is not sent. */\npublic final class ")
                .append(type)
                .append(" extends Input<")
                .append(type)
                .append("> {\n");
        schema.path("properties").properties().forEach(property -> {
            if (!property.getValue().path("readOnly").asBoolean()) {
                text.append("    /** ")
                        .append(doc(property.getValue().path("description").asText()))
                        .append(" */\n    public ")
                        .append(type)
                        .append(" ")
                        .append(identifier(property.getKey()))
                        .append("(")
                        .append(inputType(property.getValue()))
                        .append(" value) {\n        return set(\"")
                        .append(property.getKey())
                        .append("\", value);\n    }\n\n");
            }
        });
        return text.append("}\n").toString();
    }

    String inputType(JsonNode schema) {
        String type = type(schema);
        if (type.startsWith("java.util.List<")) {
            return "java.util.List<?>";
        }
        boolean simple = Set.of("String", "Long", "Double", "Boolean").contains(type);
        return simple ? type : "Object";
    }

    static String doc(String words) {
        String line = words.strip()
                .replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("*/", "*&#47;")
                .replace("@", "&#64;");
        return line.isEmpty() ? "See the API's reference." : line;
    }

    String type(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        if (reference.startsWith(REFERENCE)) {
            String name = reference.substring(REFERENCE.length());
            JsonNode target = api.schema(name);
            return isRecord(target) ? PACKAGE + "." + name : target.has("$ref") ? "Object" : type(target);
        }
        if (schema.has("oneOf") || schema.has("anyOf") || schema.has("allOf")) {
            List<String> types = new ArrayList<>();
            for (String choice : List.of("oneOf", "anyOf", "allOf")) {
                schema.path(choice).forEach(part -> {
                    if (!part.path("type").asText().equals("null")) {
                        types.add(type(part));
                    }
                });
            }
            return types.stream().distinct().count() == 1
                    ? types.getFirst()
                    : "com.fasterxml.jackson.databind.JsonNode";
        }
        String type = schema.path("type").asText();
        if (schema.path("type").isArray()) {
            List<String> types = schema.path("type")
                    .valueStream()
                    .map(JsonNode::asText)
                    .filter(one -> !one.equals("null"))
                    .toList();
            type = types.size() == 1 ? types.getFirst() : "";
        }
        return switch (type) {
            case "string" -> "String";
            case "integer" -> "Long";
            case "number" -> "Double";
            case "boolean" -> "Boolean";
            case "array" -> "java.util.List<" + type(schema.path("items")) + ">";
            default -> "com.fasterxml.jackson.databind.JsonNode";
        };
    }
}
