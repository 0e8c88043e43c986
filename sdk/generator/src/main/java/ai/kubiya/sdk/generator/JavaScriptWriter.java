package ai.kubiya.sdk.generator;

import ai.kubiya.sdk.generator.Operation.BodyKind;
import ai.kubiya.sdk.generator.Operation.Parameter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The table of operations that the JavaScript runtime makes methods of. */
final class JavaScriptWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String NOTICE = "Generated from api/openapi.yaml by sdk/generator; do not edit.";

    private final Api api;

    JavaScriptWriter(Api api) {
        this.api = api;
    }

    String operations() {
        StringBuilder text = new StringBuilder("// " + NOTICE + "\nexport const OPERATIONS = {\n");
        api.resources().forEach((resource, operations) -> {
            text.append("  ").append(resource).append(": {\n");
            operations.forEach(operation -> text.append("    ")
                    .append(operation.name())
                    .append(": ")
                    .append(row(operation))
                    .append(",\n"));
            text.append("  },\n");
        });
        return text.append("};\n").toString();
    }

    static String row(Operation operation) {
        ObjectNode row =
                JSON.createObjectNode().put("method", operation.method()).put("path", operation.path());
        names(row, "query", operation.query());
        names(row, "headers", operation.headers());
        if (operation.body().kind() != BodyKind.NONE) {
            row.put("body", operation.body().kind().name().toLowerCase(Locale.ROOT));
        }
        row.put("answer", operation.answer().kind().name().toLowerCase(Locale.ROOT));
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void names(ObjectNode row, String name, List<Parameter> parameters) {
        if (!parameters.isEmpty()) {
            ArrayNode names = row.putArray(name);
            parameters.forEach(parameter -> names.add(parameter.name()));
        }
    }

    /** The same in the older form of modules, in one file. */
    static String commonJs(String operations, String runtime) {
        Pattern imports = Pattern.compile("(?m)^import .*\\n");
        Pattern exports = Pattern.compile("(?m)^export (?=class|const|function)");
        String all = operations + "\n" + imports.matcher(runtime).replaceAll("");
        StringBuilder names = new StringBuilder();
        Pattern.compile("(?m)^export (?:class|function) (\\w+)")
                .matcher(runtime)
                .results()
                .forEach(match -> names.append("  ").append(match.group(1)).append(",\n"));
        return "\"use strict\";\n" + exports.matcher(all).replaceAll("") + "\nmodule.exports = {\n" + names + "};\n";
    }
}
