package ai.kubiya.server.mcp;

import ai.kubiya.server.approval.Approvals;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.http.EventStream;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a call's events: keeps the end of the output, and tells of progress where the client listens. */
final class CallReader implements EventFollower.Reader {
    private static final int KEPT_CHARACTERS = 256 << 10;
    private static final int LONGEST_MESSAGE = 4_000;

    private final @Nullable EventStream out;
    private final @Nullable JsonNode token;
    private final StringBuilder kept = new StringBuilder();
    private long told;

    /**
     * Reads for a client.
     *
     * @param out null = it takes nothing but the result
     * @param token null = it does not want to hear of progress
     */
    CallReader(@Nullable EventStream out, @Nullable JsonNode token) {
        this.out = out;
        this.token = token;
    }

    @Override
    public void event(ExecutionEvent event) throws IOException {
        switch (event.type()) {
            case "log" -> {
                String content = event.data().path("content").asText();
                kept.append(content);
                if (kept.length() > 2 * KEPT_CHARACTERS) {
                    kept.delete(0, kept.length() - KEPT_CHARACTERS);
                }
                progress(content.stripTrailing());
            }
            case Approvals.REQUIRED -> {
                String approval =
                        "/v1/approvals/" + event.data().path("approval_id").asText();
                progress("It runs when it is approved: POST " + approval + "/approve, or /reject.");
            }
            default -> {
                // How it ended is read from the execution itself.
            }
        }
    }

    private void progress(String message) throws IOException {
        if (out != null && token != null) {
            String end = message.substring(Math.max(0, message.length() - LONGEST_MESSAGE));
            out.send(null, "message", McpAnswers.progress(token, ++told, end));
        }
    }

    @Override
    public void caughtUp() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    /** Clients give up on what is silent for a minute, unless they hear of progress. */
    @Override
    public void silence() throws IOException {
        if (out != null) {
            progress("Still at it.");
            out.heartbeat();
        }
    }

    String output() {
        return kept.toString();
    }
}
