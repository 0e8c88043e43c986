package ai.kubiya.sdk.generator;

import ai.kubiya.sdk.generator.Operation.BodyKind;
import ai.kubiya.sdk.generator.Operation.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The resources of the Java SDK. */
final class JavaWriter {
    private static final String PACKAGE = "ai.kubiya.sdk.resource";

    private final Api api;
    private final JavaTypes types;

    JavaWriter(Api api) {
        this.api = api;
        Set<String> inputs = new TreeSet<>();
        api.resources()
                .values()
                .forEach(operations -> operations.stream()
                        .filter(operation -> operation.body().kind() == BodyKind.JSON)
                        .map(operation -> operation.body().schema().path("$ref").asText())
                        .filter(reference -> !reference.isEmpty())
                        .forEach(reference -> inputs.add(reference.substring(reference.lastIndexOf('/') + 1))));
        this.types = new JavaTypes(api, inputs);
    }

    /** Sources by path below the folder of sources. */
    Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        types.sources().forEach((name, text) -> sources.put("ai/kubiya/sdk/model/" + name + ".java", text));
        StringBuilder accessors = new StringBuilder();
        api.resources().forEach((resource, operations) -> {
            String name = Api.upperFirst(resource);
            sources.put("ai/kubiya/sdk/resource/" + name + ".java", resource(name, operations));
            accessors
                    .append("    public ")
                    .append(PACKAGE)
                    .append(".")
                    .append(name)
                    .append(" ")
                    .append(resource)
                    .append("() {\n        return new ")
                    .append(PACKAGE)
                    .append(".")
                    .append(name)
                    .append("(transport);\n    }\n\n");
        });
        sources.put(
                "ai/kubiya/sdk/Resources.java",
                JavaTypes.head("ai.kubiya.sdk")
                        + "/** What a client offers. */\npublic abstract class Resources {\n"
                        + "    private final Transport transport;\n\n"
                        + "    Resources(Transport transport) {\n        this.transport = transport;\n    }\n\n"
                        + accessors
                        + "}\n");
        return sources;
    }

    private String resource(String name, List<Operation> operations) {
        StringBuilder text = new StringBuilder(JavaTypes.head(PACKAGE))
                .append(
                        "import ai.kubiya.sdk.CallOptions;\nimport ai.kubiya.sdk.Call;\nimport ai.kubiya.sdk.Transport;\n\n")
                .append("/** Operations of this resource. */\npublic final class ")
                .append(name)
                .append(" {\n    private final Transport transport;\n\n    public ")
                .append(name)
                .append("(Transport transport) {\n        this.transport = transport;\n    }\n");
        operations.forEach(operation -> {
            method(text, operation, false);
            method(text, operation, true);
        });
        return text.append("}\n").toString();
    }

    private void method(StringBuilder text, Operation operation, boolean withOptions) {
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        operation.pathParameters().forEach(parameter -> {
            String field = JavaTypes.identifier(parameter);
            parameters.add("String " + field);
            arguments.add(field);
        });
        String body = "null";
        switch (operation.body().kind()) {
            case JSON -> {
                parameters.add(bodyType(operation.body().schema()) + " body");
                body = "body";
            }
            case FORM -> {
                parameters.add("java.nio.file.Path body");
                body = "body";
            }
            case NONE -> {}
        }
        arguments.add(body);
        if (withOptions) {
            parameters.add("CallOptions options");
        }
        text.append("\n    /**\n     * ")
                .append(JavaTypes.doc(operation.description()))
                .append("\n");
        if (withOptions) {
            for (Parameter parameter : operation.query()) {
                text.append("     *\n     * <p>Option {@code ")
                        .append(parameter.name())
                        .append("}: ")
                        .append(JavaTypes.doc(parameter.description()))
                        .append("\n");
            }
        }
        text.append("     */\n    public ")
                .append(result(operation))
                .append(" ")
                .append(JavaTypes.identifier(operation.name()))
                .append("(")
                .append(String.join(", ", parameters))
                .append(") {\n");
        if (withOptions) {
            call(text, operation, body);
        } else {
            arguments.add("CallOptions.NONE");
            if (body.equals("null")) {
                arguments.remove("null");
            }
            text.append(result(operation).equals("void") ? "        " : "        return ")
                    .append(JavaTypes.identifier(operation.name()))
                    .append("(")
                    .append(String.join(", ", arguments))
                    .append(");\n");
        }
        text.append("    }\n");
    }

    private void call(StringBuilder text, Operation operation, String body) {
        String values = String.join(
                ", ",
                operation.pathParameters().stream().map(JavaTypes::identifier).toList());
        boolean idempotent =
                operation.headers().stream().anyMatch(header -> header.name().equals("Idempotency-Key"));
        String call = "new Call(\"" + operation.method() + "\", \"" + operation.path() + "\", java.util.List.of("
                + values + "), " + body + ", " + idempotent + ", options)";
        JsonNode schema = operation.answer().schema();
        String type = types.type(schema);
        text.append(
                switch (operation.answer().kind()) {
                    case PAGE -> "        return transport.list(" + call + ", " + type + ".class);\n";
                    case STREAM -> "        return transport.stream(" + call + ");\n";
                    case JSON_OR_STREAM, JSON ->
                        type.startsWith("java.util.List")
                                ? "        return transport.json(" + call
                                        + ", com.fasterxml.jackson.databind.JsonNode.class);\n"
                                : "        return transport.json(" + call + ", " + type + ".class);\n";
                    case TEXT -> "        return transport.text(" + call + ");\n";
                    case EMPTY -> "        transport.text(" + call + ");\n";
                });
        if (operation.answer().kind() == Operation.AnswerKind.JSON_OR_STREAM) {
            text.append(
                            "    }\n\n    /** As the method without {@code Stream}, event by event. */\n    public ai.kubiya.sdk.EventStream ")
                    .append(JavaTypes.identifier(operation.name()))
                    .append("Stream(");
            List<String> parameters = new ArrayList<>();
            operation
                    .pathParameters()
                    .forEach(parameter -> parameters.add("String " + JavaTypes.identifier(parameter)));
            if (!body.equals("null")) {
                parameters.add(bodyType(operation.body().schema()) + " body");
            }
            parameters.add("CallOptions options");
            text.append(String.join(", ", parameters))
                    .append(") {\n        return transport.stream(")
                    .append(call)
                    .append(");\n");
        }
    }

    private String bodyType(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        JsonNode target = api.schema(reference.substring(reference.lastIndexOf('/') + 1));
        return !JavaTypes.isRecord(target)
                ? "Object"
                : JavaTypes.PACKAGE + "." + reference.substring(reference.lastIndexOf('/') + 1) + "Input";
    }

    private String result(Operation operation) {
        String type = types.type(operation.answer().schema());
        return switch (operation.answer().kind()) {
            case PAGE -> "ai.kubiya.sdk.Pages<" + type + ">";
            case STREAM -> "ai.kubiya.sdk.EventStream";
            case JSON, JSON_OR_STREAM ->
                type.startsWith("java.util.List") ? "com.fasterxml.jackson.databind.JsonNode" : type;
            case TEXT -> "String";
            case EMPTY -> "void";
        };
    }
}
