package ai.kubiya.server.testing;

import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.DescribedApi.Part;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds every answer that a test gets on a described path against the description. */
public final class DescribedAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DescribedApi API = DescribedApi.ofRepository();

    private DescribedAnswers() {}

    /**
     * Fails when an answer is not as described.
     *
     * @param path with its query
     * @param body null when it is a stream that is still to be read
     */
    public static void check(
            String method, String path, int status, Map<String, List<String>> headers, @Nullable String body) {
        if (!DescribedApi.canDescribe(method)) {
            // Terraform's words have paths of their own besides.
            String word = method.toLowerCase(Locale.ROOT);
            check("POST", path.replaceFirst("/raw/?(?=\\?|$)", "/" + word), status, headers, body);
            return;
        }
        String plain = path.replaceFirst("\\?.*$", "").replaceFirst("(?<=.)/$", "");
        List<String> problems = API.onPath(plain).isEmpty()
                ? List.of()
                : API.find(method, plain)
                        .map(operation -> problems(operation, status, headers, method.equals("HEAD") ? null : body))
                        .orElseGet(() -> notAllowed(status, method.equals("HEAD") ? null : body));
        if (!problems.isEmpty()) {
            throw new AssertionError("%s %s answered %d, which api/openapi.yaml does not describe so:%n  %s%n%s"
                    .formatted(method, path, status, String.join("\n  ", problems), body));
        }
    }

    private static List<String> notAllowed(int status, @Nullable String body) {
        if (body == null || status < 400) {
            return List.of();
        }
        return json(API.part("/components/schemas/Error"), body);
    }

    private static List<String> problems(
            Operation operation, int status, Map<String, List<String>> headers, @Nullable String body) {
        Part responses = API.child(operation.part(), "responses");
        boolean named = responses.node().has(Integer.toString(status));
        if (!named && status < 400) {
            return List.of("the status");
        }
        Part response = API.child(responses, named ? Integer.toString(status) : "default");
        List<String> problems = new ArrayList<>(missingHeaders(response, headers));
        Part content = API.child(response, "content");
        String type = headers.getOrDefault("content-type", List.of("")).getFirst();
        String plainType = type.replaceFirst(";.*$", "").toLowerCase(Locale.ROOT);
        if (content.node().isMissingNode()) {
            if (body != null && !body.isEmpty()) {
                problems.add("a body");
            }
        } else if (!content.node().has(plainType)) {
            problems.add("the content type " + type);
        } else if (body != null && plainType.equals("application/json")) {
            problems.addAll(json(API.child(API.child(content, plainType), "schema"), body));
        }
        return problems;
    }

    private static List<String> missingHeaders(Part response, Map<String, List<String>> headers) {
        List<String> missing = new ArrayList<>();
        response.at("headers").fieldNames().forEachRemaining(name -> {
            boolean required = API.child(API.child(response, "headers"), name)
                    .at("required")
                    .asBoolean();
            if (required && !headers.containsKey(name.toLowerCase(Locale.ROOT))) {
                missing.add("the header " + name + " is missing");
            }
        });
        return missing;
    }

    private static List<String> json(Part schema, String body) {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return List.of("it is not JSON: " + e.getOriginalMessage());
        }
        return API.problems(schema, tree);
    }
}
