package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.agent.chat.SessionMessage;
import ai.kubiya.server.agent.chat.SessionMessages;
import ai.kubiya.server.agent.chat.StoredJson;
import ai.kubiya.server.agent.chat.TurnFollower;
import ai.kubiya.server.agent.chat.loop.TurnEntry;
import ai.kubiya.server.agent.chat.loop.TurnEvent;
import ai.kubiya.server.agent.chat.loop.TurnJournal;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.execution.work.LeaseLost;
import ai.kubiya.server.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A turn's journal in the database. What readers are told are events of the turn's execution, messages are rows of its
 * session, and an event {@code message.stored} keeps each message's place among the others.
 */
final class SessionJournal implements TurnJournal {
    private static final int BATCH = 500;

    private final SessionMessages messages;
    private final ExecutionService executions;
    private final Leases leases;
    private final Clock clock;
    private final Execution turn;
    private final UUID session;
    private final UUID token;

    SessionJournal(
            SessionMessages messages,
            ExecutionService executions,
            Leases leases,
            Clock clock,
            LeasedExecution leased,
            UUID session) {
        this.messages = messages;
        this.executions = executions;
        this.leases = leases;
        this.clock = clock;
        this.turn = leased.execution();
        this.session = session;
        this.token = leased.token();
    }

    @Override
    public List<TurnEntry> entries() {
        Map<String, SessionMessage> stored = new HashMap<>();
        messages.ofTurn(turn.id()).forEach(message -> stored.put(message.messageId(), message));
        List<TurnEntry> entries = new ArrayList<>();
        long last = 0;
        while (true) {
            List<ExecutionEvent> events = executions.events(turn, last, BATCH);
            for (ExecutionEvent event : events) {
                TurnEntry entry = entry(event, stored);
                if (entry != null) {
                    entries.add(entry);
                }
                last = event.seq();
            }
            if (events.size() < BATCH) {
                return entries;
            }
        }
    }

    private static @Nullable TurnEntry entry(ExecutionEvent event, Map<String, SessionMessage> messages) {
        if (event.type().equals(TurnFollower.STORED)) {
            String id = event.data().path("message_id").asText();
            SessionMessage message = messages.get(id);
            if (message == null) {
                throw new IllegalStateException("the message " + id + " of a turn is gone");
            }
            return new TurnEntry.Stored(id, message.message(), message.usage());
        }
        return TurnFollower.turnEvent(event).map(TurnEntry.Told::new).orElse(null);
    }

    @Override
    public void append(List<TurnEntry> entries) {
        Instant now = clock.instant();
        List<NewEvent> events = new ArrayList<>();
        List<SessionMessages.NewMessage> added = new ArrayList<>();
        TurnEvent.Failure failure = null;
        TurnEvent.Done done = null;
        for (TurnEntry entry : entries) {
            switch (entry) {
                case TurnEntry.Stored stored -> {
                    added.add(new SessionMessages.NewMessage(stored.messageId(), stored.message(), stored.usage()));
                    events.add(new NewEvent(
                            now, TurnFollower.STORED, Json.object().put("message_id", stored.messageId())));
                }
                case TurnEntry.Told told -> {
                    TurnEvent event = told.event();
                    events.add(new NewEvent(now, event.type(), StoredJson.of(event)));
                    failure = event instanceof TurnEvent.Failure told1 ? told1 : failure;
                    done = event instanceof TurnEvent.Done told2 ? told2 : done;
                }
            }
        }
        Consumer<Transaction> more = transaction -> messages.append(transaction, session, turn.id(), added, now);
        // The end of the turn and of its execution are one: whoever has read "done" may say the next thing at once.
        boolean written = done == null
                ? leases.append(turn.id(), token, events, more)
                : leases.end(turn.id(), token, ending(failure, done), events, more);
        if (!written) {
            throw new LeaseLost(turn.id());
        }
    }

    private static Ending ending(TurnEvent.@Nullable Failure failure, TurnEvent.Done done) {
        if (failure != null) {
            return Ending.of(Status.FAILED, failure.code(), failure.message());
        }
        return done.finishReason().equals("cancelled")
                ? Ending.of(Status.CANCELLED, "cancelled", "It was cancelled.")
                : Ending.completed();
    }
}
