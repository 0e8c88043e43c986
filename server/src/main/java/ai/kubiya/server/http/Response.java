package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a handler answers: a whole body, or a stream that is written while it is made. */
public sealed interface Response {

    int status();

    Map<String, String> headers();

    /** A whole body. */
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(int status, Map<String, String> headers, String contentType, byte[] body) implements Response {}

    /** A body written piece by piece; the writer must flush what should arrive. */
    record Stream(int status, Map<String, String> headers, String contentType, Writer writer) implements Response {}

    /** Writes a streamed body. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    static Response json(int status, JsonNode body) {
        return json(status, Map.of(), body);
    }

    static Response json(int status, Map<String, String> headers, JsonNode body) {
        try {
            return new Whole(status, headers, "application/json", Json.MAPPER.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Response ok(JsonNode body) {
        return json(200, body);
    }

    static Response created(String location, JsonNode body) {
        return json(201, Map.of("Location", location), body);
    }

    /** What was created, in the form of the surface it was asked on: existing clients take nothing but a 200. */
    static Response created(Request request, String location, JsonNode body) {
        return request.surface() == Surface.DOCUMENTED ? created(location, body) : ok(body);
    }

    /** The answer to a delete on both surfaces. */
    static Response deleted() {
        return ok(Json.object().put("result", "ok"));
    }

    static Response text(int status, String contentType, String body) {
        return new Whole(status, Map.of(), contentType, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static Response eventStream(Writer writer) {
        return new Stream(
                200,
                Map.of("Cache-Control", "no-cache, no-transform", "X-Accel-Buffering", "no"),
                "text/event-stream",
                writer);
    }

    /** A list in the form of the surface it was asked on (contract, section 1). */
    static Response list(Request request, Page<? extends JsonNode> page) {
        ArrayNode rows = Json.array();
        page.rows().forEach(rows::add);
        if (request.surface() == Surface.COMPATIBILITY) {
            return json(200, PageLinks.headers(request, page), rows);
        }
        ObjectNode body = Json.object();
        body.set("data", rows);
        body.putObject("pagination")
                .put("total", page.total())
                .put("limit", page.range().limit())
                .put("offset", page.range().offset());
        return ok(body);
    }

    /** With the tag of a resource, see {@link Precondition#tag}. */
    default Response withTag(UUID id, long version) {
        return withHeader("ETag", Precondition.tag(id, version));
    }

    /** With the tag of a resource that also shows how it is at the moment. */
    default Response withTagOfState(UUID id, long version) {
        return this instanceof Whole whole
                ? withHeader("ETag", Precondition.tag(id, version, whole.body))
                : withTag(id, version);
    }

    default Response withHeader(String name, @Nullable String value) {
        return value == null ? this : withHeaders(Map.of(name, value));
    }

    /** With these, too; they take the place of those of the same names. */
    default Response withHeaders(Map<String, String> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, String> more = new HashMap<>(headers());
        more.putAll(others);
        return switch (this) {
            case Whole whole -> new Whole(whole.status, more, whole.contentType, whole.body);
            case Stream stream -> new Stream(stream.status, more, stream.contentType, stream.writer);
        };
    }
}
