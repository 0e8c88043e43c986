package ai.kubiya.server.audit;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what clients ask of the trail. On the compatibility surface {@code filter} and {@code sort} are JSON in the query. */
final class AuditQuery {
    private static final int LONGEST = 1000;

    private AuditQuery() {}

    /**
     * A time in the form of RFC 3339.
     *
     * @throws ApiException 400 naming the parameter
     */
    static Instant moment(String name, String text) {
        try {
            // A plus sign that was not encoded arrives as a space.
            OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', '+'));
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // answered below
        }
        throw ApiException.invalid(
                name, "must be a time such as 2026-05-01T08:00:00Z (RFC 3339), got \"" + text + "\"");
    }

    /** {@code {"timestamp": {"gte", "lte"}, "category_type", "category_name", "resource_type", "action_type", "session_id", …}}. */
    static AuditFilter filter(String json) {
        return parse("filter", json, fields -> {
            JsonFields times = new JsonFields(fields.object("timestamp"));
            return new AuditFilter(
                    time(fields, times, "gte"),
                    time(fields, times, "lte"),
                    text(fields, "category_type"),
                    text(fields, "category_name"),
                    text(fields, "resource_type"),
                    text(fields, "resource_text"),
                    text(fields, "action_type"),
                    text(fields, "email"),
                    fields.has("action_successful") ? fields.flag("action_successful", true) : null,
                    text(fields, "session_id"));
        });
    }

    /** {@code {"timestamp": 1}} is oldest first; -1, and nothing at all, newest first. */
    static boolean newestFirst(String json) {
        return parse("sort", json, fields -> fields.integer("timestamp", -1, 1).orElse(-1L) != 1);
    }

    private static @Nullable String text(JsonFields fields, String name) {
        return fields.text(name, LONGEST).filter(text -> !text.isEmpty()).orElse(null);
    }

    private static @Nullable Instant time(JsonFields fields, JsonFields times, String name) {
        JsonNode node = times.node(name).orElse(null);
        if (node == null || node.asText().isEmpty()) {
            return null;
        }
        try {
            return moment(name, node.isTextual() ? node.textValue() : node.toString());
        } catch (ApiException e) {
            fields.problem("/timestamp/" + name, e.problems().getFirst().message());
            return null;
        }
    }

    private static <T> T parse(String parameter, String json, Function<JsonFields, T> read) {
        JsonFields fields = new JsonFields(object(parameter, json));
        T value = read.apply(fields);
        try {
            fields.check(false);
        } catch (ApiException e) {
            throw ApiException.invalid(e.problems().stream()
                    .map(problem -> new FieldProblem(parameter + problem.field(), problem.message()))
                    .toList());
        }
        return value;
    }

    private static ObjectNode object(String parameter, String json) {
        try {
            if (json.isBlank()) {
                return Json.object();
            }
            if (Json.MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ApiException.invalid(parameter, "is not valid JSON: " + e.getOriginalMessage());
        }
        throw ApiException.invalid(parameter, "must be a JSON object, got " + json);
    }
}
