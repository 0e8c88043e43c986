package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.chat.loop.Citation;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.ModelUsage;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a turn as it is taken, up to its {@code done}. */
public final class TurnFollower {
    /** Marks a message's place among the events; the message itself is a row of the session. */
    public static final String STORED = "message.stored";

    private static final Set<String> NOT_FOR_READERS = Set.of("status", "result", "warning", STORED);

    private final ExecutionService executions;
    private final EventFollower follower;
    private final CitedTexts texts;

    /** @param texts of what answers cite */
    public TurnFollower(ExecutionService executions, CitedTexts texts) {
        this.executions = executions;
        this.texts = texts;
        this.follower = new EventFollower(executions);
    }

    /** Takes the events of a turn. */
    public interface Reader {
        /** @param seq what a client sends back as {@code Last-Event-ID} */
        void event(long seq, TurnEvent event) throws IOException;

        /** Everything that is there has been read. */
        default void caughtUp() throws IOException {}

        /** Nothing happened for a while. */
        default void silence() throws IOException {}
    }

    /**
     * As {@link #follow(Execution, long, Reader)} for somebody, who is shown what the answer cites as far as it is for the
     * same to read.
     */
    public void follow(Caller caller, Execution turn, long after, Reader reader)
            throws IOException, InterruptedException {
        follow(turn, after, new Reader() {
            @Override
            public void event(long seq, TurnEvent event) throws IOException {
                reader.event(
                        seq,
                        event instanceof TurnEvent.Knowledge(List<Citation> citations)
                                ? new TurnEvent.Knowledge(texts.readBy(caller, citations))
                                : event);
            }

            @Override
            public void caughtUp() throws IOException {
                reader.caughtUp();
            }

            @Override
            public void silence() throws IOException {
                reader.silence();
            }
        });
    }

    /** @param after number of the last event that the reader has; 0 = from the first */
    public void follow(Execution turn, long after, Reader reader) throws IOException, InterruptedException {
        follower.follow(turn, after, new EventFollower.Reader() {
            @Override
            public void event(ExecutionEvent event) throws IOException {
                if (event.type().equals("result")) {
                    endWithoutDone(turn, event, reader);
                    return;
                }
                Optional<TurnEvent> told = turnEvent(event);
                if (told.isPresent()) {
                    reader.event(event.seq(), told.get());
                }
            }

            @Override
            public void caughtUp() throws IOException {
                reader.caughtUp();
            }

            @Override
            public void silence() throws IOException {
                reader.silence();
            }
        });
    }

    /** A turn that no process had when it ended, cancelled in the queue or given up, tells its readers all the same. */
    private void endWithoutDone(Execution turn, ExecutionEvent result, Reader reader) throws IOException {
        boolean told = executions.events(turn, Math.max(0, result.seq() - 2), 1).stream()
                .anyMatch(event -> event.type().equals("done"));
        if (told) {
            return;
        }
        boolean cancelled = result.data().path("status").asText().equals("cancelled");
        if (!cancelled) {
            reader.event(
                    result.seq() - 1,
                    new TurnEvent.Failure(
                            result.data().path("error_code").asText("lost"),
                            result.data().path("message").asText("The turn ended for an unknown reason.")));
        }
        reader.event(result.seq(), new TurnEvent.Done(cancelled ? "cancelled" : "error", ModelUsage.NONE, 0));
    }

    /** Empty for events that only the platform needs. */
    public static Optional<TurnEvent> turnEvent(ExecutionEvent event) {
        if (NOT_FOR_READERS.contains(event.type())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.treeToValue(event.data(), TurnEvent.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored event " + event.seq() + " is broken", e);
        }
    }
}
