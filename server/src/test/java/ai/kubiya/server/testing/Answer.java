package ai.kubiya.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param headers by lower-case name
 */
public record Answer(int status, Map<String, List<String>> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("status " + status + ", and the body is not JSON: " + body, e);
        }
    }

    /** The value at a JSON pointer. */
    public JsonNode at(String pointer) {
        return json().at(pointer);
    }

    public String text(String pointer) {
        return at(pointer).asText();
    }

    /** The id of the thing that this answer shows. */
    public String id() {
        String id = text("/id");
        if (id.isEmpty()) {
            throw new AssertionError("status " + status + ", and no id in " + body);
        }
        return id;
    }

    /** The rows of a list on either surface. */
    public List<JsonNode> rows() {
        JsonNode rows = json().isArray() ? json() : at("/data");
        if (!rows.isArray()) {
            throw new AssertionError("status " + status + ", and no list: " + body);
        }
        return rows.valueStream().toList();
    }

    /** One field of all rows. */
    public List<String> column(String field) {
        return rows().stream().map(row -> row.path(field).asText()).toList();
    }
}
