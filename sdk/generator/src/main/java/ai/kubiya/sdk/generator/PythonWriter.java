package ai.kubiya.sdk.generator;

import ai.kubiya.sdk.generator.Operation.Answer;
import ai.kubiya.sdk.generator.Operation.BodyKind;
import ai.kubiya.sdk.generator.Operation.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Methods of the Python SDK, for callers that wait and for those that await. */
final class PythonWriter {
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "False",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "None",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "True",
            "try",
            "while",
            "with",
            "yield");

    private final Api api;

    PythonWriter(Api api) {
        this.api = api;
    }

    static boolean isKeyword(String name) {
        return KEYWORDS.contains(name);
    }

    String module() {
        StringBuilder classes = new StringBuilder();
        for (boolean async : new boolean[] {false, true}) {
            api.resources().forEach((resource, operations) -> {
                classes.append("\n\nclass ")
                        .append(async ? "Async" : "")
                        .append(Api.upperFirst(resource))
                        .append(":\n");
                classes.append(
                        "    def __init__(self, call: Callable[..., Any]) -> None:\n        self._call = call\n");
                operations.forEach(operation -> method(classes, operation, async));
            });
        }
        StringBuilder text =
                new StringBuilder("# ").append(JavaScriptWriter.NOTICE).append("""

                \"""The operations of the API, one class for each resource.\"""

                from __future__ import annotations

                import builtins
                from typing import Any, Awaitable, Callable, Mapping, Optional, Union

                from . import types
                from ._pages import AsyncPages, Page, Pages
                from ._streams import AsyncEventStream, EventStream
                """);
        text.append(classes);
        text.append("\n\nRESOURCES = {\n");
        api.resources()
                .keySet()
                .forEach(resource -> text.append("    \"")
                        .append(snake(resource))
                        .append("\": (")
                        .append(Api.upperFirst(resource))
                        .append(", Async")
                        .append(Api.upperFirst(resource))
                        .append("),\n"));
        text.append("}\n\n\nclass HasResources:\n    \"\"\"What a client offers.\"\"\"\n\n");
        api.resources()
                .keySet()
                .forEach(resource -> text.append("    ")
                        .append(snake(resource))
                        .append(": ")
                        .append(Api.upperFirst(resource))
                        .append("\n"));
        text.append("\n\nclass HasAsyncResources:\n    \"\"\"What an asynchronous client offers.\"\"\"\n\n");
        api.resources()
                .keySet()
                .forEach(resource -> text.append("    ")
                        .append(snake(resource))
                        .append(": Async")
                        .append(Api.upperFirst(resource))
                        .append("\n"));
        return text.toString();
    }

    /** {@code listIntegrations} as {@code list_integrations}. */
    static String snake(String name) {
        String snake = Pattern.compile("(?<=[a-z0-9])([A-Z])")
                .matcher(name.replace('-', '_'))
                .replaceAll(match -> "_" + match.group(1))
                .toLowerCase(Locale.ROOT);
        return isKeyword(snake) ? snake + "_" : snake;
    }

    private void method(StringBuilder text, Operation operation, boolean async) {
        List<String> positional = new ArrayList<>(List.of("self"));
        operation.pathParameters().forEach(name -> positional.add(snake(name) + ": str"));
        if (operation.body().kind() == BodyKind.FORM) {
            positional.add("form: Mapping[str, Any]");
        } else if (operation.body().kind() == BodyKind.JSON) {
            String type = hint(operation.body().schema());
            positional.add(operation.body().required() ? "body: " + type : "body: Optional[" + type + "] = None");
        }
        List<String> named = new ArrayList<>();
        // Of the caller; a query parameter of that name gets another one.
        Set<String> taken = new TreeSet<>(List.of("self", "body", "form", "timeout"));
        operation.pathParameters().forEach(name -> taken.add(snake(name)));
        List<String> query = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        operation.query().forEach(parameter -> add(parameter, "_query", taken, named, query));
        operation.headers().forEach(parameter -> add(parameter, "_header", taken, named, headers));
        named.add("timeout: Optional[float] = None");
        text.append("\n    def ")
                .append(snake(operation.name()))
                .append("(\n        ")
                .append(String.join(",\n        ", positional))
                .append(",\n        *,\n        ")
                .append(String.join(",\n        ", named))
                .append(",\n    ) -> \"")
                .append(result(operation.answer(), async))
                .append("\":\n        \"\"\"")
                .append(PythonTypes.doc(operation.description()))
                .append("\"\"\"\n        return self._call(\n            \"")
                .append(operation.method())
                .append("\",\n            \"")
                .append(operation.path())
                .append("\",\n            answer=\"")
                .append(operation.answer().kind().name().toLowerCase(Locale.ROOT))
                .append("\",\n");
        if (!operation.pathParameters().isEmpty()) {
            text.append("            path={")
                    .append(String.join(
                            ", ",
                            operation.pathParameters().stream()
                                    .map(name -> "\"" + name + "\": " + snake(name))
                                    .toList()))
                    .append("},\n");
        }
        if (!query.isEmpty()) {
            text.append("            query={").append(String.join(", ", query)).append("},\n");
        }
        if (!headers.isEmpty()) {
            text.append("            headers={")
                    .append(String.join(", ", headers))
                    .append("},\n");
        }
        switch (operation.body().kind()) {
            case JSON -> text.append("            body=body,\n");
            case FORM -> text.append("            form=form,\n");
            case NONE -> {}
        }
        text.append("            timeout=timeout,\n        )\n");
    }

    private static void add(
            Parameter parameter, String otherwise, Set<String> taken, List<String> named, List<String> passed) {
        String name = snake(parameter.name());
        while (!taken.add(name)) {
            name = name + otherwise;
        }
        named.add(name + ": Optional[" + PythonTypes.type(parameter.schema()).replaceAll("^Literal\\[.*]$", "str")
                + "] = None");
        passed.add("\"" + parameter.name() + "\": " + name);
    }

    private static String hint(JsonNode schema) {
        String type = PythonTypes.type(schema);
        return schema.has("$ref") ? "types." + type : type.startsWith("Dict") ? "Mapping[str, Any]" : "Any";
    }

    private static String result(Answer answer, boolean async) {
        String type = answer.schema().has("$ref") ? "types." + PythonTypes.type(answer.schema()) : "Any";
        String stream = async ? "AsyncEventStream" : "EventStream";
        String plain = switch (answer.kind()) {
            case PAGE -> (async ? "AsyncPages[" : "Pages[") + type + "]";
            case STREAM -> stream;
            case JSON_OR_STREAM -> "Union[" + type + ", " + stream + "]";
            case JSON -> type;
            case TEXT -> "str";
            case EMPTY -> "None";
        };
        return async && answer.kind() != Operation.AnswerKind.PAGE ? "Awaitable[" + plain + "]" : plain;
    }
}
