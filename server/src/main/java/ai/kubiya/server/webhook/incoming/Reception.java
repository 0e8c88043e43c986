package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.limit.RequestLimits;
import ai.kubiya.server.webhook.definition.Incoming;
import ai.kubiya.server.webhook.definition.SenderKind;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.webhook.incoming.sender.Posted;
import ai.kubiya.server.webhook.incoming.sender.Senders;
import ai.kubiya.server.webhook.incoming.sender.SignatureCheck;
import ai.kubiya.server.webhook.trigger.EventView;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes events from senders: once {@link #accept} returns, an event is stored and will be looked at. */
public final class Reception {
    private static final int MOST_REMEMBERED = 1000;
    private static final int MOST_CHANGES = 5;

    private final Database database;
    private final ReceivedEventStore store = new ReceivedEventStore();
    private final Webhooks webhooks;
    private final SignatureCheck signatures;
    private final RequestLimits limits;
    private final EventBell bell;
    private final int perMinute;
    private final Clock clock;
    /**
     * Webhooks by the tokens in their urls. What is remembered may be old: a statement that stores an event says of which
     * version it knows, and does nothing when there is a newer one.
     */
    private final Map<String, Webhooks.Receiver> remembered = new ConcurrentHashMap<>();

    /**
     * Takes events.
     *
     * @param perMinute events of a webhook in a minute, unless the webhook says otherwise; 0 = any number
     */
    public Reception(
            Database database,
            Webhooks webhooks,
            SignatureCheck signatures,
            RequestLimits limits,
            EventBell bell,
            int perMinute,
            Clock clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.signatures = signatures;
        this.limits = limits;
        this.bell = bell;
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * What a sender is told.
     *
     * @param event null when there is only a challenge to answer
     * @param duplicate whether it had been received before
     */
    public record Receipt(
            Webhook webhook,
            @Nullable UUID event,
            boolean duplicate,
            @Nullable String challenge) {}

    /** The webhook of a url, when events may come there now. Before the body is read. */
    public Webhook open(String token) {
        Webhook webhook = receiver(token).webhook();
        Integer own = webhook.incoming().perMinute();
        limits.admit(
                webhook.id(),
                own == null ? perMinute : own,
                "The webhook \"" + webhook.incoming().name() + "\"");
        return webhook;
    }

    private Webhooks.Receiver receiver(String token) {
        Webhooks.Receiver known = remembered.get(token);
        return known != null ? known : lookUp(token);
    }

    private Webhooks.Receiver lookUp(String token) {
        remembered.remove(token);
        Webhooks.Receiver found = webhooks.byToken(token)
                .orElseThrow(() -> ApiException.of(ErrorCode.NOT_FOUND, "There is no webhook at this url."));
        if (!found.webhook().active()) {
            throw ApiException.of(ErrorCode.NOT_FOUND, "The webhook at this url is disabled.");
        }
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(token, found);
        return found;
    }

    /**
     * Takes an event.
     *
     * @throws ApiException 400 when it is not JSON, 401 and 403 when it is not signed as the webhook wants it
     */
    public Receipt accept(String token, Posted posted) {
        Webhooks.Receiver receiver = receiver(token);
        for (int i = 0; i < MOST_CHANGES; i++) {
            Optional<Receipt> receipt = accept(receiver, posted);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            // It was changed since it was remembered: what was checked by the old one is checked again.
            receiver = lookUp(token);
        }
        throw ApiException.unavailable("The webhook is being changed all the time; send the event again.", 1);
    }

    private Optional<Receipt> accept(Webhooks.Receiver receiver, Posted posted) {
        Webhook webhook = receiver.webhook();
        check(webhook.incoming(), receiver.secret(), posted);
        String payload = Senders.payload(posted);
        checkJson(payload);
        Optional<String> challenge = Senders.challenge(payload);
        if (challenge.isPresent()) {
            return Optional.of(new Receipt(webhook, null, false, challenge.get()));
        }
        @Nullable String senderId = Senders.deliveryId(posted, payload).orElse(null);
        var event = new ReceivedEventStore.NewEvent(
                Uuids.next(clock), senderId, Senders.kept(posted), payload, EventOrigin.SENDER, null);
        if (database.read(transaction -> store.insert(transaction, webhook, event, clock.instant()))) {
            bell.ringAccepted();
            return Optional.of(new Receipt(webhook, event.id(), false, null));
        }
        return senderId == null
                ? Optional.empty()
                : database.read(transaction -> store.findBySender(transaction, webhook.id(), senderId))
                        .map(known -> new Receipt(webhook, known.id(), true, null));
    }

    private void check(Incoming webhook, @Nullable String secret, Posted posted) {
        SenderKind kind = webhook.signature();
        if (kind == null) {
            return;
        }
        if (secret == null) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The secret that events of this webhook are checked with was lost with the server's master key;"
                            + " set it again.");
        }
        signatures.require(kind, secret, posted);
    }

    private static void checkJson(String payload) {
        try {
            EventView.check(payload);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw ApiException.of(
                    ErrorCode.INVALID_JSON, "The event is not valid JSON" + place + ": " + e.getOriginalMessage(), e);
        }
    }
}
