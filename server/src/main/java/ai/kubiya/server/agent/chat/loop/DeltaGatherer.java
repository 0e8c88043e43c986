package ai.kubiya.server.agent.chat.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Joins the pieces of a message that come faster than they are worth a durable write each. The first goes at once. */
final class DeltaGatherer {
    private final TurnLedger ledger;
    private final String messageId;
    private final Clock clock;
    private final Duration pause;
    private final StringBuilder gathered = new StringBuilder();
    private @Nullable Instant lastTold;

    DeltaGatherer(TurnLedger ledger, String messageId, Clock clock, Duration pause) {
        this.ledger = ledger;
        this.messageId = messageId;
        this.clock = clock;
        this.pause = pause;
    }

    void add(String text) {
        gathered.append(text);
        Instant now = clock.instant();
        if (lastTold == null || !now.isBefore(lastTold.plus(pause))) {
            flush();
            lastTold = now;
        }
    }

    void flush() {
        if (!gathered.isEmpty()) {
            String text = gathered.toString();
            gathered.setLength(0);
            ledger.tell(new TurnEvent.MessageDelta(messageId, text));
        }
    }
}
