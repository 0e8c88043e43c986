package ai.kubiya.server.webhook.incoming;

import ai.kubiya.runner.template.BadTemplate;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.user.UserService;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.incoming.sender.Senders;
import ai.kubiya.server.webhook.incoming.work.Work;
import ai.kubiya.server.webhook.incoming.work.WorkStarter;
import ai.kubiya.server.webhook.trigger.BadFilter;
import ai.kubiya.server.webhook.trigger.EventFilter;
import ai.kubiya.server.webhook.trigger.EventPrompt;
import ai.kubiya.server.webhook.trigger.EventView;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what an event is for. That it was started and that it begins are one transaction: whatever dies, either both are
 * so or neither, and then the next one tries.
 */
public final class EventStart {
    private static final Logger log = LoggerFactory.getLogger(EventStart.class);
    /** An event that makes the server fail this often is not tried again. */
    private static final int MOST_ATTEMPTS = 8;

    private final Database database;
    private final ReceivedEventStore store = new ReceivedEventStore();
    private final Webhooks webhooks;
    private final UserService users;
    private final Work work;
    private final EventEnd ends;
    private final AuditLog audit;
    private final Clock clock;

    public EventStart(
            Database database,
            Webhooks webhooks,
            UserService users,
            Work work,
            EventEnd ends,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.users = users;
        this.work = work;
        this.ends = ends;
        this.audit = audit;
        this.clock = clock;
    }

    /** What somebody would see who posted an event now. */
    public record Preview(
            boolean matches,
            @Nullable String message,
            @Nullable String problem) {}

    /** A reason why nothing can be started, for the webhook's owner. */
    private static final class NotStarted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotStarted(String message) {
            super(message);
        }
    }

    /** Looks at an event as if it came, and starts nothing. */
    public Preview preview(Webhook webhook, String payload) {
        ObjectNode view = EventView.of(EventView.payload(payload), java.util.Map.of());
        try {
            boolean matches = EventFilter.of(webhook.incoming().filter()).matches(view);
            return new Preview(matches, EventPrompt.render(webhook.incoming().prompt(), view), null);
        } catch (BadFilter e) {
            return new Preview(false, null, "the filter " + e.sentence());
        } catch (BadTemplate e) {
            return new Preview(true, null, "the prompt is wrong: " + e.getMessage());
        }
    }

    /** Takes one accepted event; false when there is none that may be tried now. */
    boolean next() {
        AtomicReference<@Nullable ReceivedEvent> inHand = new AtomicReference<>();
        try {
            return database.inTransaction(transaction -> {
                Optional<ReceivedEvent> next = store.lockNext(transaction, clock.instant());
                inHand.set(next.orElse(null));
                next.ifPresent(event -> start(transaction, event));
                return next.isPresent();
            });
        } catch (RuntimeException e) {
            ReceivedEvent event = inHand.get();
            if (event == null) {
                throw e;
            }
            failed(event, e);
            return true;
        }
    }

    private void start(Transaction transaction, ReceivedEvent event) {
        Webhooks.Receiver receiver = webhooks.receiver(transaction, event.organizationId(), event.webhookId())
                .orElseThrow(() -> new IllegalStateException("the webhook went with its event"));
        Webhook webhook = receiver.webhook();
        ObjectNode view = EventView.of(EventView.payload(event.payload()), event.headers());
        if (Senders.isPing(event.headers()) || !matches(webhook, view)) {
            store.end(transaction, event.id(), EventStatus.FILTERED, null, clock.instant());
            ends.told(transaction, event.id());
            return;
        }
        Caller caller = users.current(receiver.owner())
                .orElseThrow(() -> new NotStarted("The user " + receiver.owner().email()
                        + ", in whose name the webhook works, was disabled or removed. Somebody else has to save it."));
        WorkStarter.Started started = work.start(transaction, caller, webhook.incoming(), message(webhook, view));
        store.started(transaction, event.id(), started.executionId(), started.sessionId(), clock.instant());
        audit.add(
                transaction,
                caller,
                entry(webhook, event).with("id", started.executionId()).with("session_id", started.sessionId()));
    }

    /** In the words by which the command line looks for what a webhook did. */
    private static AuditEntry entry(Webhook webhook, ReceivedEvent event) {
        return new AuditEntry(
                        "triggers", "webhook", "webhook", webhook.definition().title(), "execute", true, Json.object())
                .with("webhook_id", webhook.id())
                .with("event_id", event.id());
    }

    private static boolean matches(Webhook webhook, ObjectNode view) {
        try {
            return EventFilter.of(webhook.incoming().filter()).matches(view);
        } catch (BadFilter e) {
            throw new NotStarted("The filter " + e.sentence() + ".");
        }
    }

    private static String message(Webhook webhook, ObjectNode view) {
        try {
            String message = EventPrompt.render(webhook.incoming().prompt(), view);
            if (message.isBlank()) {
                throw new NotStarted("The prompt is empty for this event.");
            }
            return message;
        } catch (BadTemplate e) {
            throw new NotStarted("The prompt could not be made: " + e.getMessage() + ".");
        }
    }

    private void failed(ReceivedEvent event, RuntimeException failure) {
        switch (failure) {
            case NotStarted own -> end(event, String.valueOf(own.getMessage()));
            case ApiException refusal -> end(event, refusal.details());
            default -> {
                log.warn("the event {} could not be started", event.id(), failure);
                if (event.attempts() + 1 >= MOST_ATTEMPTS) {
                    end(event, "The server failed; see its log.");
                } else {
                    Instant until = clock.instant().plus(Duration.ofSeconds(1L << event.attempts()));
                    database.useTransaction(transaction -> store.postpone(transaction, event.id(), until));
                }
            }
        }
    }

    private void end(ReceivedEvent event, String message) {
        database.useTransaction(transaction -> {
            if (!store.end(transaction, event.id(), EventStatus.FAILED, message, clock.instant())) {
                return;
            }
            webhooks.receiver(transaction, event.organizationId(), event.webhookId())
                    .ifPresent(receiver -> {
                        audit.add(
                                transaction,
                                receiver.owner(),
                                entry(receiver.webhook(), event)
                                        .with("reason", message)
                                        .refused());
                        ends.answer(transaction, receiver.webhook(), event.id());
                    });
            ends.told(transaction, event.id());
        });
    }
}
