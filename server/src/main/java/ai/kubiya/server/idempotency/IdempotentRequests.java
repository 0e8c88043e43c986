package ai.kubiya.server.idempotency;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Replays;
import ai.kubiya.server.idempotency.IdempotentRequestStore.Row;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives a repeated write the first one's answer instead of doing it twice. */
public final class IdempotentRequests implements Replays {
    /** The fingerprint is sealed too: it is a hash of a body that may hold a password, and those can be guessed. */
    public static final List<SealedColumn> SEALED = List.of(
            new SealedColumn("idempotent_request", "fingerprint", "requests with an idempotency key", Loss.DELETE),
            new SealedColumn("idempotent_request", "body", "answers to such requests", Loss.DELETE));

    private static final Duration KEPT = Duration.ofHours(24);
    /** No request takes longer; one of another server's that is older died with it. */
    private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

    private final Database database;
    private final IdempotentRequestStore store = new IdempotentRequestStore();
    private final Vault vault;
    private final Clock clock;
    private final String node;

    /**
     * The service.
     *
     * @param node name of this installation: what its last process left open was interrupted
     */
    public IdempotentRequests(Database database, Vault vault, Clock clock, String node) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
        this.node = node;
    }

    @Override
    public Optional<Answer> claim(Caller caller, String key, byte[] fingerprint) {
        Instant now = clock.instant();
        byte[] sealed = vault.sealBytes(fingerprint, place(caller));
        Optional<Row> first = database.inTransaction(transaction -> {
            boolean claimed = store.claim(transaction, caller.keyId(), key, sealed, node, now, now.minus(KEPT));
            return claimed ? Optional.<Row>empty() : store.find(transaction, caller.keyId(), key);
        });
        return first.map(row -> answer(caller, key, row, fingerprint));
    }

    private Answer answer(Caller caller, String key, Row row, byte[] fingerprint) {
        if (!MessageDigest.isEqual(vault.openBytes(row.fingerprint(), place(caller)), fingerprint)) {
            throw ApiException.conflict("The Idempotency-Key \"" + key
                    + "\" was used for another request, at " + row.createdAt()
                    + ". Use a new key for each request; repeat a key only with the same method, path and body.");
        }
        return switch (row.state()) {
            case "open" ->
                throw ApiException.conflict("The first request with the Idempotency-Key \"" + key
                        + "\" is still being answered. Send it again in a moment.");
            case "interrupted" ->
                throw ApiException.conflict("The server stopped while it answered the first request with the"
                        + " Idempotency-Key \"" + key + "\", so nobody knows whether it was done. Look whether it"
                        + " was; to do it now, use a new key.");
            default ->
                new Answer(row.status(), row.headers(), row.contentType(), vault.openBytes(row.body(), place(caller)));
        };
    }

    private static String place(Caller caller) {
        return "idempotent_request/" + caller.keyId();
    }

    @Override
    public void keep(Caller caller, String key, Answer answer) {
        byte[] sealed = vault.sealBytes(answer.body(), place(caller));
        database.useTransaction(transaction -> store.answer(transaction, caller.keyId(), key, answer, sealed));
    }

    @Override
    public void release(Caller caller, String key) {
        database.useTransaction(transaction -> store.release(transaction, caller.keyId(), key));
    }

    /** Marks what the last process of this installation did not answer. */
    public int markInterrupted() {
        return database.inTransaction(transaction ->
                store.interrupt(transaction, node, clock.instant().minus(LONGEST_REQUEST)));
    }

    /** Forgets what is too old to be asked for. */
    public void forgetOld() {
        Instant now = clock.instant();
        database.useTransaction(transaction -> store.forget(transaction, now.minus(KEPT)));
        database.useTransaction(transaction -> store.interrupt(transaction, "", now.minus(LONGEST_REQUEST)));
    }
}
