package ai.kubiya.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events as they come; to be closed. A connection that is lost goes on after the last event that was read,
 * where the operation can.
 */
public final class EventStream implements Iterable<EventStream.Event>, AutoCloseable {
    private final @Nullable Function<String, HttpResponse<InputStream>> reopen;
    private final int retries;
    private HttpResponse<InputStream> response;
    private BufferedReader lines;
    private String lastId = "";
    private volatile boolean closed;

    /**
     * One event.
     *
     * @param id empty when it has none
     * @param data JSON, or a text where it is none
     */
    public record Event(String id, String name, JsonNode data) {}

    EventStream(
            HttpResponse<InputStream> response,
            @Nullable Function<String, HttpResponse<InputStream>> reopen,
            int retries) {
        this.response = response;
        this.lines = reader(response);
        this.reopen = reopen;
        this.retries = retries;
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** A header of the answer; empty when it is not there. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Hangs up. */
    @Override
    public void close() {
        closed = true;
        try {
            response.body().close();
        } catch (IOException e) {
            // It is not needed any more.
        }
    }

    @Override
    public Iterator<Event> iterator() {
        return new Iterator<>() {
            private @Nullable Event next;
            private boolean over;

            @Override
            public boolean hasNext() {
                if (next == null && !over) {
                    next = read();
                    over = next == null;
                }
                return next != null;
            }

            @Override
            public Event next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                Event event = next;
                next = null;
                return event;
            }
        };
    }

    private @Nullable Event read() {
        for (int failures = 0; ; failures++) {
            try {
                Event event = readOnce();
                if (event == null
                        || (event.data().isTextual() && event.data().textValue().equals("[DONE]"))) {
                    close();
                    return null;
                }
                if (!event.id().isEmpty()) {
                    lastId = event.id();
                }
                return event;
            } catch (IOException e) {
                if (closed) {
                    return null;
                }
                if (reopen == null || lastId.isEmpty() || failures >= retries) {
                    throw KubiyaException.withoutAnswer("the stream was cut off: " + e.getMessage(), e);
                }
                Transport.pause(Transport.backoff(failures));
                response = reopen.apply(lastId);
                lines = reader(response);
            }
        }
    }

    private @Nullable Event readOnce() throws IOException {
        String id = "";
        String name = "message";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (any) {
                    return new Event(id, name, parsed(data.toString()));
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String text = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "data" -> {
                    data.append(any ? "\n" : "").append(text);
                    any = true;
                }
                case "id" -> id = text;
                case "event" -> name = text;
                default -> {}
            }
        }
        return null;
    }

    private static JsonNode parsed(String text) {
        try {
            JsonNode node = Transport.JSON.readTree(text);
            return node.isMissingNode() ? TextNode.valueOf(text) : node;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
