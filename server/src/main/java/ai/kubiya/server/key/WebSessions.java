package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.SessionCookie;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.user.IdentityChanges;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Signs browsers in and out: the key is given once, and from then on a token stands for it. */
public final class WebSessions {
    /** A working day, so that a browser left open is not open for ever. */
    static final Duration LENGTH = Duration.ofHours(12);

    private final Database database;
    private final IdentityChanges changes;
    private final ApiKeyStore store = new ApiKeyStore();
    private final Clock clock;
    private final SecureRandom random;

    public WebSessions(Database database, IdentityChanges changes, Clock clock, SecureRandom random) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
        this.random = random;
    }

    /** A session of the caller's key; the answer is its token. */
    String begin(Caller caller) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token =
                SessionCookie.START + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        database.useTransaction(transaction ->
                store.insertSession(transaction, Uuids.next(clock), caller, NewKey.hash(token), now, now.plus(LENGTH)));
        return token;
    }

    /** Ends a session, on every server at once. */
    void end(Caller caller, String token) {
        changes.change(caller.organizationId(), transaction -> {
            store.removeSession(transaction, caller.organizationId(), NewKey.hash(token));
            return token;
        });
    }

    public void forgetOld() {
        database.useTransaction(transaction -> store.removeSessionsBefore(transaction, clock.instant()));
    }
}
