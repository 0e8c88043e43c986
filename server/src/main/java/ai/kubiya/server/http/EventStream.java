package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Server-sent events. Nothing arrives before {@link #flush}, so that events that are there together travel together. */
public final class EventStream {
    private final OutputStream out;

    public EventStream(OutputStream out) {
        this.out = out;
    }

    /**
     * One event.
     *
     * @param id what a client sends back in {@code Last-Event-ID}, or null
     * @param event the event's name, or null for plain {@code data:} lines
     */
    public void send(@Nullable String id, @Nullable String event, JsonNode data) throws IOException {
        StringBuilder text = new StringBuilder();
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        if (event != null) {
            text.append("event: ").append(event).append('\n');
        }
        text.append("data: ").append(Json.text(data)).append("\n\n");
        write(text.toString());
    }

    /** A line as it is, for framings that are not server-sent events. */
    public void line(String line) throws IOException {
        write(line + "\n");
    }

    public void data(String data) throws IOException {
        write("data: " + data + "\n\n");
    }

    /** Keeps proxies and clients from giving up on a silent stream. */
    public void heartbeat() throws IOException {
        write(": heartbeat\n\n");
        flush();
    }

    public void flush() throws IOException {
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
