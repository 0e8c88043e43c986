package ai.kubiya.server.gitops.status;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.outbound.CallAnswer;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** One host's API: JSON over HTTP, and lists by the page. */
final class HostApi {
    /** GitHub says no more than this of a pull request either. */
    private static final int MOST_FILES = 3000;

    private final OutboundHttp http;
    private final Map<String, String> headers;

    HostApi(OutboundHttp http, Map<String, String> headers) {
        this.http = http;
        this.headers = new HashMap<>(headers);
        this.headers.put("Content-Type", "application/json");
        this.headers.put("User-Agent", "kubiya");
    }

    CallAnswer post(String url, ObjectNode body) throws CallFailed {
        return http.post(url, headers, Json.text(body).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The texts of a list's rows, of all its pages; empty when there are too many.
     *
     * @param page url of a page, counted from 1
     * @param size rows of a page that is not the last
     * @param fields which of a row's texts
     */
    Optional<List<String>> all(IntFunction<String> page, int size, List<String> fields) throws CallFailed, HostRefused {
        List<String> found = new ArrayList<>();
        for (int number = 1; number * size <= MOST_FILES; number++) {
            CallAnswer answer = http.get(page.apply(number), headers);
            JsonNode rows = json(answer);
            for (JsonNode row : rows) {
                fields.forEach(field -> {
                    if (row.path(field).isTextual()) {
                        found.add(row.path(field).textValue());
                    }
                });
            }
            if (rows.size() < size) {
                return Optional.of(found.stream().distinct().toList());
            }
        }
        return Optional.empty();
    }

    private static JsonNode json(CallAnswer answer) throws HostRefused {
        requireSuccess(answer);
        try {
            JsonNode json = Json.MAPPER.readTree(answer.body());
            if (json.isArray()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // said below
        }
        throw new HostRefused(
                answer.status(), "the git host answered something that is not the list that was asked for");
    }

    static void requireSuccess(CallAnswer answer) throws HostRefused {
        if (!answer.isSuccess()) {
            throw new HostRefused(answer.status(), "the git host answered " + answer.status() + hint(answer.status()));
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 -> ": the hook's api_token is not good, or may not write commit statuses";
            case 404 -> ": the hook's api_token may not see the repository, or api_url is wrong";
            default -> "";
        };
    }
}
