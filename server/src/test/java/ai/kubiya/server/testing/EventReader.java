package ai.kubiya.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A stream of server-sent events, read while it is made. Closing it drops the connection. */
public final class EventReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final Map<String, List<String>> headers;
    private final BufferedReader lines;

    EventReader(int status, Map<String, List<String>> headers, InputStream body) {
        this.status = status;
        this.headers = headers;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /**
     * One event.
     *
     * @param id what goes back in {@code Last-Event-ID}; empty when it has none
     * @param name empty when it has none
     */
    public record Event(String id, String name, String data) {
        public JsonNode json() {
            try {
                return JSON.readTree(data);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + data, e);
            }
        }

        /** The field {@code type} of its JSON. */
        public String type() {
            return json().path("type").asText();
        }

        public String field(String name) {
            return json().path(name).asText();
        }
    }

    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The next line as it is, without its end; empty at the end of the stream. */
    public Optional<String> line() {
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines to the end. */
    public List<String> lines() {
        List<String> all = new ArrayList<>();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            all.add(line.get());
        }
        return all;
    }

    /** The next event; comments are passed over. Empty at the end of the stream. */
    public Optional<Event> next() {
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            String text = line.get();
            if (text.startsWith("id: ")) {
                id = text.substring(4);
            } else if (text.startsWith("event: ")) {
                name = text.substring(7);
            } else if (text.startsWith("data: ")) {
                data.append(data.isEmpty() ? "" : "\n").append(text.substring(6));
            } else if (text.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(id, name, data.toString()));
            }
        }
        return Optional.empty();
    }

    /** Reads on to the first event like this. */
    public Event until(Predicate<Event> wanted) {
        List<Event> passed = new ArrayList<>();
        for (Optional<Event> event = next(); event.isPresent(); event = next()) {
            if (wanted.test(event.get())) {
                return event.get();
            }
            passed.add(event.get());
        }
        throw new AssertionError("the stream ended without the event; it had " + passed);
    }

    /** All events to the end. */
    public List<Event> rest() {
        List<Event> events = new ArrayList<>();
        for (Optional<Event> event = next(); event.isPresent(); event = next()) {
            events.add(event.get());
        }
        return events;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
