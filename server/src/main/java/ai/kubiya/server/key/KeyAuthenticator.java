package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.Authenticator;
import ai.kubiya.server.http.SessionCookie;
import ai.kubiya.server.user.IdentityChanges;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Knows whose key a request carries. */
public final class KeyAuthenticator implements Authenticator {
    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_KEY = 200;

    private final Database database;
    private final ApiKeyStore store = new ApiKeyStore();
    private final KeyCache cache = new KeyCache(MOST_REMEMBERED);
    private final KeyUse use;
    private final BooleanSupplier hearing;
    private final Clock clock;

    /**
     * The authenticator.
     *
     * @param changes after which remembered keys are forgotten
     * @param hearing whether changes made by other servers would be heard now; while not, every key is looked up
     */
    public KeyAuthenticator(
            Database database, IdentityChanges changes, BooleanSupplier hearing, KeyUse use, Clock clock) {
        this.database = database;
        this.hearing = hearing;
        this.use = use;
        this.clock = clock;
        changes.add(cache);
    }

    @Override
    public Optional<Caller> authenticate(String key, Origin origin) {
        boolean session = key.startsWith(SessionCookie.START);
        if ((!session && !key.startsWith(NewKey.START)) || key.length() > LONGEST_KEY) {
            return Optional.empty();
        }
        byte[] hash = NewKey.hash(key);
        Instant now = clock.instant();
        boolean trusted = hearing.getAsBoolean();
        Optional<KnownKey> known = trusted ? cache.find(hash, now) : Optional.empty();
        Optional<KnownKey> good =
                known.or(() -> lookUp(hash, session, now, trusted)).filter(found -> found.isGoodAt(now));
        good.ifPresent(found -> use.note(found.id(), now));
        return good.map(found -> found.callerFrom(origin));
    }

    private Optional<KnownKey> lookUp(byte[] hash, boolean session, Instant now, boolean trusted) {
        long generation = cache.generation();
        Optional<KnownKey> found = database.read(transaction ->
                        session ? store.findBySession(transaction, hash) : store.findByHash(transaction, hash))
                .filter(key -> key.hasHash(hash));
        if (trusted && found.isPresent()) {
            cache.put(found.get(), now, generation);
        }
        return found;
    }

    /** Keys remembered now. */
    public int remembered() {
        return cache.size();
    }
}
