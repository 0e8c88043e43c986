package ai.kubiya.server.docs;

import ai.kubiya.server.contract.ApiDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The API's description for people: a page for each of its tags. */
final class ApiReference {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ApiDescription description;
    private final DocRenderer renderer;
    private final SchemaTable schemas;

    ApiReference(ApiDescription description, DocRenderer renderer) {
        this.description = description;
        this.renderer = renderer;
        this.schemas = new SchemaTable(description, renderer);
    }

    /** One operation and the path that it is at. */
    private record Operation(String method, String path, JsonNode json, JsonNode pathItem) {
        String id() {
            return json.path("operationId").asText();
        }
    }

    static String urlOf(String tag) {
        return DocLinks.API + "/" + tag.toLowerCase(Locale.ROOT);
    }

    /** Descriptions of the tags by their name. */
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        description
                .document()
                .path("tags")
                .forEach(tag -> tags.put(
                        tag.path("name").asText(), tag.path("description").asText()));
        return tags;
    }

    private List<Operation> operations(String tag) {
        List<Operation> found = new ArrayList<>();
        description
                .document()
                .path("paths")
                .properties()
                .forEach(path -> METHODS.forEach(method -> {
                    JsonNode operation = path.getValue().path(method);
                    if (operation.path("tags").path(0).asText().equals(tag)) {
                        found.add(new Operation(
                                method.toUpperCase(Locale.ROOT), path.getKey(), operation, path.getValue()));
                    }
                }));
        return found;
    }

    /** What holds for all operations, and the way to each. */
    DocRenderer.Rendered overview() {
        JsonNode info = description.document().path("info");
        StringBuilder markdown = new StringBuilder("# API reference\n\n")
                .append(info.path("summary").asText())
                .append(
                        "\n\nAll of it for machines: [/openapi.yaml](/openapi.yaml), [/openapi.json](/openapi.json). To try"
                                + " it: the [playground](/playground).\n\n## Operations\n\n");
        tags().forEach((tag, about) -> markdown.append("- [")
                .append(tag)
                .append("](")
                .append(urlOf(tag))
                .append("): ")
                .append(about)
                .append('\n'));
        return renderer.render(
                DocFiles.INDEX,
                markdown.append('\n').append(info.path("description").asText()).toString());
    }

    DocRenderer.Rendered page(String tag) {
        StringBuilder html = new StringBuilder("<h1>").append(Html.escape(tag)).append("</h1>\n");
        html.append(renderer.fragment(tags().getOrDefault(tag, "")));
        List<DocRenderer.Section> sections = new ArrayList<>();
        for (Operation operation : operations(tag)) {
            String summary = operation.json().path("summary").asText();
            sections.add(new DocRenderer.Section(2, operation.id(), summary));
            html.append(
                    "<section class=\"operation\" id=\"%s\">\n<h2>%s</h2>\n<p class=\"route\"><strong>%s</strong> %s</p>\n"
                            .formatted(
                                    Html.escape(operation.id()),
                                    Html.escape(summary),
                                    operation.method(),
                                    Html.code(operation.path())));
            html.append(renderer.fragment(operation.json().path("description").asText()));
            html.append(scope(operation.json().path("x-scope").asText()));
            parameters(operation, html);
            body(operation.json().path("requestBody"), html);
            responses(operation.json().path("responses"), html);
            html.append("</section>\n");
        }
        return new DocRenderer.Rendered(tag, html.toString(), sections);
    }

    /** For the search. */
    List<DocSearch.Passage> passages() {
        List<DocSearch.Passage> passages = new ArrayList<>();
        for (String tag : tags().keySet()) {
            for (Operation operation : operations(tag)) {
                passages.add(new DocSearch.Passage(
                        urlOf(tag) + "#" + operation.id(),
                        "API: " + tag,
                        operation.json().path("summary").asText(),
                        operation.method() + " " + operation.path() + " "
                                + operation.json().path("description").asText()));
            }
        }
        return passages;
    }

    private static String scope(String scope) {
        return switch (scope) {
            case "none" -> "<p>Needs no key.</p>";
            case "any" -> "<p>Needs any valid key.</p>";
            default -> "<p>Needs the scope " + Html.code(scope) + ".</p>";
        };
    }

    private void parameters(Operation operation, StringBuilder html) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.pathItem().path("parameters").forEach(parameters::add);
        operation.json().path("parameters").forEach(parameters::add);
        if (!parameters.isEmpty()) {
            html.append("<h3>Parameters</h3>\n").append(schemas.parameters(parameters));
        }
    }

    private void body(JsonNode body, StringBuilder html) {
        JsonNode resolved = description.resolve(body);
        resolved.path("content").properties().forEach(content -> {
            html.append("<h3>Body</h3>\n");
            if (!content.getKey().equals("application/json")) {
                html.append("<p>").append(Html.code(content.getKey())).append("</p>\n");
            }
            html.append(schemas.fields(content.getValue().path("schema")));
            example(content.getValue(), html);
        });
    }

    private void responses(JsonNode responses, StringBuilder html) {
        html.append("<h3>Answers</h3>\n");
        responses.properties().forEach(response -> {
            JsonNode resolved = description.resolve(response.getValue());
            boolean others = response.getKey().equals("default");
            html.append("<div class=\"answer\"><strong>%s</strong> %s</div>\n"
                    .formatted(
                            others ? "Otherwise" : Html.escape(response.getKey()),
                            renderer.fragment(resolved.path("description").asText())));
            if (!others) {
                resolved.path("content").properties().forEach(content -> {
                    html.append(schemas.fields(content.getValue().path("schema")));
                    example(content.getValue(), html);
                });
            }
        });
    }

    private void example(JsonNode content, StringBuilder html) {
        JsonNode example = content.has("example")
                ? content.path("example")
                : description
                        .resolve(content.path("examples")
                                .path(
                                        content.path("examples").fieldNames().hasNext()
                                                ? content.path("examples")
                                                        .fieldNames()
                                                        .next()
                                                : ""))
                        .path("value");
        if (!example.isMissingNode()) {
            String text = example.isTextual() ? example.asText() : pretty(example);
            html.append("<pre><code>").append(Html.escape(text)).append("</code></pre>\n");
        }
    }

    private static String pretty(JsonNode node) {
        try {
            return PRETTY.writeValueAsString(node);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
