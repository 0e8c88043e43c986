package ai.kubiya.server.agent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads server-sent events one by one. */
final class EventReader implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private final List<Event> read = new ArrayList<>();

    record Event(long id, String type, JsonNode data) {}

    EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + ": " + rest());
        }
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    private String rest() {
        return String.join("\n", lines.lines().toList());
    }

    String session() {
        return response.headers().firstValue("X-Session-Id").orElseThrow();
    }

    String execution() {
        return response.headers().firstValue("X-Execution-Id").orElseThrow();
    }

    /** Reads up to the next event of a type; everything before it is kept. */
    Event next(String type) {
        while (true) {
            Event event = next();
            if (event == null) {
                throw new AssertionError("the stream ended before " + type + ": " + read);
            }
            if (event.type().equals(type)) {
                return event;
            }
        }
    }

    private @org.jspecify.annotations.Nullable Event next() {
        long id = 0;
        String type = "";
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    Event event = new Event(id, type, Json.parse(line.substring(6)));
                    assertThat(event.data().path("type").asText()).isEqualTo(type);
                    read.add(event);
                    return event;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end, and answers everything that ever came. */
    List<Event> all() {
        while (next() != null) {
            // Kept by next.
        }
        return List.copyOf(read);
    }

    List<Event> soFar() {
        return List.copyOf(read);
    }

    /** The answer as a reader puts it together from its pieces. */
    static String text(List<Event> events) {
        StringBuilder text = new StringBuilder();
        for (Event event : events) {
            if (event.type().equals("message.delta")) {
                text.append(event.data().path("content").asText());
            } else if (event.type().equals("message.restarted")) {
                text.setLength(0);
            }
        }
        return text.toString();
    }

    static List<String> types(List<Event> events) {
        return events.stream().map(Event::type).toList();
    }

    static Event only(List<Event> events, String type) {
        List<Event> found =
                events.stream().filter(event -> event.type().equals(type)).toList();
        assertThat(found).as(type + " among " + events).hasSize(1);
        return found.getFirst();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
