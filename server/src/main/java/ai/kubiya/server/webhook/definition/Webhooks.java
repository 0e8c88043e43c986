package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes webhooks. */
public final class Webhooks {
    public static final List<SealedColumn> SEALED = WebhookKeys.SEALED;

    private static final String PATH = "/hooks/";

    private final Database database;
    private final WebhookStore store = new WebhookStore();
    private final WebhookKeys keys;
    private final WebhookInput input;
    private final Supplier<String> publicUrl;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * The service.
     *
     * @param publicUrl what urls for senders start with; asked when one is shown, because a port may not be known earlier
     */
    public Webhooks(
            Database database,
            Keys keys,
            OutboundHttp http,
            Targets targets,
            Supplier<String> publicUrl,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.keys = new WebhookKeys(keys.vault(), keys.random());
        this.input = new WebhookInput(http, targets);
        this.publicUrl = publicUrl;
        this.audit = audit;
        this.clock = clock;
    }

    /** What secrets are made of and kept in. */
    public record Keys(ai.kubiya.server.crypto.Vault vault, java.security.SecureRandom random) {}

    /**
     * A webhook whose secret is new.
     *
     * @param secret null when there is none to be shown
     */
    public record Fresh(Webhook webhook, @Nullable String secret) {
        /** Never the secret. */
        @Override
        public String toString() {
            return webhook.toString();
        }
    }

    /** @param kind null = both */
    public Page<Webhook> list(Caller caller, @Nullable Kind kind, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), kind, range))
                .map(this::shown);
    }

    /** @param kind null = either */
    public Webhook get(Caller caller, UUID id, @Nullable Kind kind) {
        return database.read(transaction -> shown(row(transaction, caller, id, kind)));
    }

    public Optional<Webhook> find(Transaction transaction, UUID organizationId, UUID id) {
        return store.find(transaction, organizationId, id).map(WebhookStore.Row::webhook);
    }

    /** The subscriptions of these organisations that are told of events. */
    public List<Webhook> subscriptions(Transaction transaction, Collection<UUID> organizations) {
        return store.subscriptions(transaction, organizations);
    }

    private WebhookStore.Row row(Transaction transaction, Caller caller, UUID id, @Nullable Kind kind) {
        return store.find(transaction, caller.organizationId(), id)
                .filter(row -> kind == null || row.webhook().kind() == kind)
                .orElseThrow(() -> ApiException.notFound("webhook", id));
    }

    private Webhook shown(WebhookStore.Row row) {
        Webhook webhook = row.webhook();
        byte[] token = row.token();
        return token == null
                ? webhook
                : webhook.withUrl(publicUrl.get() + PATH
                        + keys.open(token, webhook.organizationId(), webhook.id(), "token"));
    }

    /**
     * Creates a webhook.
     *
     * @param kind null = what the fields say
     * @throws ApiException 400 naming every field that is wrong
     */
    public Fresh create(Caller caller, ObjectNode body, @Nullable Kind kind, boolean strict) {
        WebhookInput.Checked checked = input.read(caller, body, kind == null ? Kind.of(body) : kind, null, strict);
        UUID id = Uuids.next(clock);
        Instant now = clock.instant();
        String secret = checked.definition().kind() == Kind.OUTGOING ? keys.newSecret() : checked.senderSecret();
        Webhook webhook = new Webhook(
                id,
                caller.organizationId(),
                caller.organizationName(),
                checked.definition(),
                null,
                checked.active(),
                "",
                secret != null,
                null,
                0,
                new Webhook.Health(0, 0, 0, null, null, null),
                caller.email(),
                caller.email(),
                now,
                now,
                1);
        return database.inTransaction(transaction -> {
            store.insert(transaction, webhook, sealed(webhook, secret), owner(caller));
            audit.add(transaction, caller, entry(webhook, "create"));
            Webhook stored = shown(row(transaction, caller, id, null));
            return new Fresh(stored, webhook.kind() == Kind.OUTGOING ? secret : null);
        });
    }

    private WebhookStore.Sealed sealed(Webhook webhook, @Nullable String secret) {
        byte[] sealedSecret = secret == null ? null : seal(webhook, secret, "secret");
        if (webhook.kind() == Kind.OUTGOING) {
            return new WebhookStore.Sealed(sealedSecret, null, null);
        }
        String token = keys.newToken();
        return new WebhookStore.Sealed(sealedSecret, seal(webhook, token, "token"), WebhookKeys.hash(token));
    }

    private byte[] seal(Webhook webhook, String value, String what) {
        return keys.seal(value, webhook.organizationId(), webhook.id(), what);
    }

    private static ObjectNode owner(Caller caller) {
        return StoredCaller.toJson(caller).put("user_id", caller.userId().toString());
    }

    /**
     * Changes a webhook. From then on it works in the name of whoever changed it.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    public Webhook update(
            Caller caller,
            UUID id,
            @Nullable Kind kind,
            Precondition known,
            UnaryOperator<ObjectNode> change,
            boolean strict) {
        // Names are looked up while it is checked, so that is not done with the row in hand.
        Webhook before = get(caller, id, kind);
        known.check(id, before.version());
        ObjectNode fields = change.apply(WebhookJson.writable(before));
        WebhookInput.Checked checked = input.read(caller, fields, before.kind(), before, strict);
        return database.inTransaction(transaction -> {
            if (!store.update(
                    transaction,
                    before,
                    checked.definition(),
                    checked.active(),
                    owner(caller),
                    caller.email(),
                    clock.instant())) {
                throw ApiException.conflict("Somebody else changed this webhook just now; send the request again.");
            }
            if (before.kind() == Kind.INCOMING) {
                setSenderSecret(transaction, before, checked);
            }
            if (checked.active() && !before.active()) {
                store.forgetFailures(transaction, id);
            }
            Webhook after = shown(row(transaction, caller, id, null));
            audit.add(transaction, caller, entry(after, "update"));
            return after;
        });
    }

    private void setSenderSecret(Transaction transaction, Webhook before, WebhookInput.Checked checked) {
        String secret = checked.senderSecret();
        if (secret != null) {
            store.setSecret(transaction, before.id(), seal(before, secret, "secret"));
        } else if (checked.definition() instanceof Incoming incoming && incoming.signature() == null) {
            store.setSecret(transaction, before.id(), null);
        }
    }

    public void delete(Caller caller, UUID id, @Nullable Kind kind, Precondition known) {
        database.useTransaction(transaction -> {
            Webhook webhook = locked(transaction, caller, id, kind).webhook();
            known.check(id, webhook.version());
            store.delete(transaction, webhook);
            audit.add(transaction, caller, entry(webhook, "delete"));
        });
    }

    private WebhookStore.Row locked(Transaction transaction, Caller caller, UUID id, @Nullable Kind kind) {
        store.lock(transaction, caller.organizationId(), id);
        return row(transaction, caller, id, kind);
    }

    /**
     * Gives an outgoing webhook a new secret, and an incoming one a new url; the old url stops at once.
     *
     * @param overlap how long deliveries are also signed with the old secret
     */
    public Fresh rotate(Caller caller, UUID id, Duration overlap) {
        return database.inTransaction(transaction -> {
            WebhookStore.Row row = locked(transaction, caller, id, null);
            Webhook webhook = row.webhook();
            @Nullable String secret =
                    switch (webhook.kind()) {
                        case OUTGOING -> newSecret(transaction, row, overlap);
                        case INCOMING -> newUrl(transaction, webhook);
                    };
            audit.add(
                    transaction,
                    caller,
                    entry(webhook, "rotate_secret").with("overlap_seconds", overlap.toSeconds()));
            return new Fresh(shown(row(transaction, caller, id, null)), secret);
        });
    }

    private String newSecret(Transaction transaction, WebhookStore.Row row, Duration overlap) {
        Webhook webhook = row.webhook();
        String secret = keys.newSecret();
        byte[] former = row.secret();
        boolean both = former != null && !overlap.isZero();
        store.rotateSecret(
                transaction,
                webhook.id(),
                seal(webhook, secret, "secret"),
                both ? seal(webhook, open(webhook, former, "secret"), "previous") : null,
                both ? clock.instant().plus(overlap) : null,
                clock.instant());
        return secret;
    }

    private @Nullable String newUrl(Transaction transaction, Webhook webhook) {
        String token = keys.newToken();
        store.setToken(
                transaction, webhook.id(), seal(webhook, token, "token"), WebhookKeys.hash(token), clock.instant());
        return null;
    }

    private String open(Webhook webhook, byte[] sealed, String what) {
        return keys.open(sealed, webhook.organizationId(), webhook.id(), what);
    }

    /**
     * Where deliveries of an outgoing webhook go.
     *
     * @param secrets what they are signed with now, the newest first; empty when the master key was lost
     */
    public record Subscriber(String url, List<String> secrets) {
        /** Never the secrets. */
        @Override
        public String toString() {
            return OutboundHttp.place(url);
        }
    }

    /** Empty when the webhook is gone. */
    public Optional<Subscriber> subscriber(UUID organizationId, UUID id) {
        return database.read(transaction -> store.find(transaction, organizationId, id))
                .map(row -> new Subscriber(row.webhook().outgoing().url(), secrets(row)));
    }

    private List<String> secrets(WebhookStore.Row row) {
        Webhook webhook = row.webhook();
        byte[] secret = row.secret();
        byte[] previous = row.previousSecret();
        Instant until = webhook.previousSecretUntil();
        List<String> secrets = new ArrayList<>();
        if (secret != null) {
            secrets.add(open(webhook, secret, "secret"));
        }
        if (previous != null && until != null && until.isAfter(clock.instant())) {
            secrets.add(open(webhook, previous, "previous"));
        }
        return secrets;
    }

    /**
     * An incoming webhook with what receiving takes.
     *
     * @param secret what its sender signs with; null = nothing, or the master key was lost
     * @param owner in whose name it starts work, as it was when the webhook was saved
     */
    public record Receiver(Webhook webhook, @Nullable String secret, Caller owner) {
        /** Never the secret. */
        @Override
        public String toString() {
            return webhook.toString();
        }
    }

    /** By the token in its url. */
    public Optional<Receiver> byToken(String token) {
        return database.read(transaction -> store.findByToken(transaction, WebhookKeys.hash(token)))
                .map(this::receiver);
    }

    public Optional<Receiver> receiver(Transaction transaction, UUID organizationId, UUID id) {
        return store.find(transaction, organizationId, id)
                .filter(row -> row.webhook().kind() == Kind.INCOMING)
                .map(this::receiver);
    }

    private Receiver receiver(WebhookStore.Row row) {
        Webhook webhook = row.webhook();
        byte[] secret = row.secret();
        Caller owner = StoredCaller.of(
                webhook.organizationId(),
                UUID.fromString(row.owner().path("user_id").asText()),
                row.owner());
        return new Receiver(webhook, secret == null ? null : open(webhook, secret, "secret"), owner);
    }

    /** Stops a webhook that does no good; the audit trail says so. */
    public void disable(Transaction transaction, Webhook webhook, String reason) {
        if (store.disable(transaction, webhook.id(), reason, clock.instant())) {
            Caller server = Caller.server(webhook.organizationId(), webhook.organizationName());
            audit.add(transaction, server, entry(webhook, "disable").with("reason", reason));
        }
    }

    /** For the audit trail. */
    public static AuditEntry entry(Webhook webhook, String action) {
        return AuditEntry.of("webhooks", "webhook", webhook.definition().title(), action)
                .with("id", webhook.id())
                .with("kind", webhook.kind().wireName());
    }
}
