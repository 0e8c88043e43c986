package ai.kubiya.server.workflow.step;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.workflow.definition.Step;
import ai.kubiya.server.workflow.definition.StepType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a step asks for, written down; references to secrets stay in it until it is asked. */
final class RequestSpec {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

    private RequestSpec() {}

    static ObjectNode of(Step step, Variables variables) {
        ObjectNode config = step.config();
        String[] command = step.command().strip().split("\\s+", 2);
        boolean inCommand = !config.hasNonNull("url");
        String method = config.path("method")
                .asText(inCommand && command.length == 2 ? command[0] : "GET")
                .toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw ApiException.invalid("/executor/config/method", "must be one of " + String.join(", ", METHODS));
        }
        String url =
                inCommand ? command[command.length - 1] : config.path("url").asText();
        ObjectNode spec = Json.object()
                .put("type", step.type().wireName())
                .put("method", method)
                .put("url", References.resolve(url, variables::get) + query(config, variables));
        ObjectNode headers = spec.putObject("headers");
        config.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey(), References.resolve(header.getValue().asText(), variables::get)));
        JsonNode body = config.path("body");
        if (!body.isMissingNode() && !body.isNull()) {
            JsonNode resolved = References.resolve(body, variables::get);
            spec.put("body", resolved.isTextual() ? resolved.asText() : Json.text(resolved));
            if (!resolved.isTextual() && !headers.has("Content-Type")) {
                headers.put("Content-Type", "application/json");
            }
        } else if (!step.script().isBlank()) {
            spec.put("body", References.resolve(step.script(), variables::get));
        }
        if (step.type() == StepType.KUBIYA) {
            spec.put("url", path(spec.path("url").asText()));
        }
        return spec;
    }

    private static String query(ObjectNode config, Variables variables) {
        StringBuilder query = new StringBuilder();
        JsonNode sent = config.has("query_params") ? config.path("query_params") : config.path("query");
        sent.properties()
                .forEach(entry -> query.append(query.isEmpty() ? '?' : '&')
                        .append(URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(
                                References.resolve(entry.getValue().asText(), variables::get),
                                StandardCharsets.UTF_8)));
        return query.toString();
    }

    /** Some leave out the beginning, some name the vendor's host. */
    private static String path(String url) {
        String path = url.replaceFirst("^https?://[^/]+", "");
        if (path.startsWith("/api/") || path.startsWith("/v1/")) {
            return path;
        }
        if (path.startsWith("api/") || path.startsWith("v1/")) {
            return "/" + path;
        }
        return "/api/v1/" + path.replaceFirst("^/", "");
    }
}
