package ai.kubiya.server.contract;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The description as it was packaged. Reading it takes a moment that a start need not wait for: it happens beside the start, and
 * who needs it first waits for its end.
 */
public final class ApiDescription {
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
    private static final Pattern SERVER = Pattern.compile("(?m)^servers:\n {2}- url: (.*)$");

    private final byte[] yaml;
    private final FutureTask<JsonNode> document;

    /**
     * Begins to read.
     *
     * @param publicUrl where clients reach the server; empty = where they found the description
     */
    public ApiDescription(String publicUrl) {
        String text = withServer(packaged(), publicUrl.isEmpty() ? "/" : publicUrl);
        yaml = text.getBytes(StandardCharsets.UTF_8);
        document = new FutureTask<>(() -> new YAMLMapper().readTree(text));
        Thread.ofPlatform().daemon().name("api-description").start(document);
    }

    /** Calls for every operation, also under the other names of its path. */
    interface Visitor {
        /**
         * One operation.
         *
         * @param pathItem what it shares with the path's other operations
         */
        void operation(String method, String pattern, JsonNode operation, JsonNode pathItem);
    }

    private static String packaged() {
        try (InputStream in = ApiDescription.class.getResourceAsStream("/api/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("api/openapi.yaml is not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withServer(String text, String url) {
        Matcher matcher = SERVER.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("api/openapi.yaml does not begin its servers with a url");
        }
        return text.substring(0, matcher.start(1)) + Json.text(url) + text.substring(matcher.end(1));
    }

    byte[] yaml() {
        return yaml.clone();
    }

    /** The whole description; not to be changed. */
    public JsonNode document() {
        try {
            return document.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("api/openapi.yaml cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void visit(Visitor visitor) {
        document().path("paths").properties().forEach(path -> {
            visit(path.getKey(), path.getValue(), visitor);
            document().path("x-aliases").properties().forEach(alias -> {
                String original = alias.getValue().asText();
                if (path.getKey().equals(original) || path.getKey().startsWith(original + "/")) {
                    visit(alias.getKey() + path.getKey().substring(original.length()), path.getValue(), visitor);
                }
            });
        });
    }

    private void visit(String pattern, JsonNode pathItem, Visitor visitor) {
        for (String method : METHODS) {
            if (pathItem.has(method)) {
                visitor.operation(method.toUpperCase(java.util.Locale.ROOT), pattern, pathItem.path(method), pathItem);
            }
        }
    }

    /** What a node stands for: itself, or what it refers to. */
    public JsonNode resolve(JsonNode node) {
        JsonNode resolved = node;
        while (resolved instanceof ObjectNode object && object.path("$ref").isTextual()) {
            resolved = document().at(object.path("$ref").asText().substring(1));
        }
        return resolved;
    }
}
