package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import java.util.UUID;

/** Wakes those who start what events are for, and those who wait for the end. */
public final class EventBell {
    private static final String ACCEPTED = "webhook-events";

    private final Bell bell;

    public EventBell(Bell bell) {
        this.bell = bell;
    }

    /**
     * An event is there. The other servers are not told: this one starts it, and if it dies before that, they find it when
     * they look anyway.
     */
    void ringAccepted() {
        bell.ringHere(ACCEPTED);
    }

    void ringAccepted(Transaction transaction) {
        transaction.afterCommit(this::ringAccepted);
    }

    Signals.Subscription watchAccepted() {
        return bell.signals().subscribe(ACCEPTED);
    }

    /** An event is over. */
    void ringEnded(Transaction transaction, UUID event) {
        bell.ringOthers(transaction, topic(event));
        transaction.afterCommit(() -> bell.ringHere(topic(event)));
    }

    Signals.Subscription watchEnd(UUID event) {
        return bell.signals().subscribe(topic(event));
    }

    private static String topic(UUID event) {
        return "w:" + event;
    }
}
