package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request as handlers see it. The body is read when it is asked for. */
public final class Request {
    private final String method;
    private final String path;
    private final Router.Route route;
    private final Map<String, String> parameters;
    private final Map<String, List<String>> query;
    private final Map<String, String> headers;
    private final Body body;
    private final String id;
    private final @Nullable Caller caller;
    private final @Nullable String replayOf;
    private byte @Nullable [] bytes;
    private @Nullable JsonNode json;

    /** Source of the body's bytes; {@link #limited} stops at the route's limit with a 413. */
    interface Body {
        InputStream limited(long limit) throws IOException;
    }

    Request(
            String method,
            String path,
            Router.Route route,
            Map<String, String> parameters,
            Map<String, List<String>> query,
            Map<String, String> headers,
            Body body,
            String id,
            @Nullable Caller caller) {
        this(method, path, route, parameters, query, headers, body, id, caller, null);
    }

    private Request(
            String method,
            String path,
            Router.Route route,
            Map<String, String> parameters,
            Map<String, List<String>> query,
            Map<String, String> headers,
            Body body,
            String id,
            @Nullable Caller caller,
            @Nullable String replayOf) {
        this.method = method;
        this.path = path;
        this.route = route;
        this.parameters = parameters;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.id = id;
        this.caller = caller;
        this.replayOf = replayOf;
    }

    /** The same request, to be answered as it was the first time. */
    Request asReplayOf(String execution) {
        Request again = new Request(method, path, route, parameters, query, headers, body, id, caller, execution);
        again.bytes = bytes;
        return again;
    }

    /**
     * The execution that this request started when it was first sent. A handler that streams shows it again instead
     * of starting another; all others need not look.
     */
    public Optional<UUID> replayOf() {
        return Optional.ofNullable(replayOf).map(UUID::fromString);
    }

    /** What the client knew of the resource that it asks to change. */
    public Precondition precondition() {
        return new Precondition(header("If-Match").orElse(""));
    }

    /** The user behind the key. Open routes have none and must not ask. */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("an open route has no caller: " + path);
        }
        return caller;
    }

    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Surface surface() {
        return route.surface();
    }

    /** Whether unknown fields are refused. */
    public boolean strict() {
        return surface() == Surface.DOCUMENTED;
    }

    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no parameter " + name);
        }
        return value;
    }

    /** A path parameter that must be a uuid; anything else cannot exist, so it is a 404. */
    public UUID uuid(String name, String what) {
        return Uuids.parse(parameter(name)).orElseThrow(() -> ApiException.notFound(what, parameter(name)));
    }

    public Optional<String> query(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() || values.getFirst().isEmpty()
                ? Optional.empty()
                : Optional.of(values.getFirst());
    }

    public boolean queryFlag(String name) {
        return query(name)
                .map(value -> switch (value) {
                    case "true", "1", "yes" -> true;
                    case "false", "0", "no" -> false;
                    default -> throw ApiException.invalid(name, "must be true or false, got \"" + value + "\"");
                })
                .orElse(false);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }

    /** All headers by lower-case name. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The rest of the query string, for links to other pages of the same list. */
    String otherQuery(String... without) {
        Set<String> left = Set.of(without);
        StringBuilder text = new StringBuilder();
        query.forEach((name, values) -> {
            if (!left.contains(name)) {
                values.forEach(value ->
                        text.append('&').append(encode(name)).append('=').append(encode(value)));
            }
        });
        return text.toString();
    }

    /** For a path segment and for a query parameter. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code limit} with {@code offset} or {@code page}; see contract, section 1, for both surfaces' defaults. */
    public Page.Range range() {
        boolean documented = surface() == Surface.DOCUMENTED;
        if (!documented && query("limit").isEmpty()) {
            return Page.Range.ALL;
        }
        int limit = (int) number("limit", 50, 1, documented ? 500 : 10_000);
        if (query("page").isPresent() && query("offset").isEmpty()) {
            return new Page.Range(limit, (number("page", 1, 1, Integer.MAX_VALUE) - 1) * limit);
        }
        return new Page.Range(limit, number("offset", 0, 0, Long.MAX_VALUE / 2));
    }

    public long number(String name, long otherwise, long least, long most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // answered below, like a number out of range
        }
        throw ApiException.invalid(
                name, "must be a whole number from " + least + " to " + most + ", got \"" + text.get() + "\"");
    }

    /** The body's bytes, up to the route's limit. */
    public InputStream body() throws IOException {
        return bytes == null ? body.limited(route.bodyLimit()) : new ByteArrayInputStream(bytes);
    }

    /**
     * The body as JSON, whatever its Content-Type: real clients send none.
     *
     * @throws ApiException 400 with the place of the mistake
     */
    public JsonNode json() throws IOException {
        if (json == null) {
            byte[] read = bytes();
            json = read.length == 0 ? Json.object() : JsonBody.parse(read);
        }
        return json;
    }

    /** The whole body; it stays readable. */
    byte[] bytes() throws IOException {
        if (bytes == null) {
            try (InputStream in = body.limited(route.bodyLimit())) {
                bytes = in.readAllBytes();
            }
        }
        return bytes;
    }

    Map<String, List<String>> query() {
        return query;
    }

    /** The body as a JSON object; an empty body is an empty object. */
    public ObjectNode jsonObject() throws IOException {
        if (json() instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.invalid("/", "the body must be a JSON object");
    }

    /** A reader over the body's fields that collects everything that is wrong with them. */
    public JsonFields fields() throws IOException {
        return new JsonFields(jsonObject());
    }
}
