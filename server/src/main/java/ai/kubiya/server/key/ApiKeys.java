package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.Authenticator;
import ai.kubiya.server.http.Uuids;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;

/** Knows whose key a request carries, and makes the first one. */
public final class ApiKeys implements Authenticator {
    private final Database database;
    private final ApiKeyStore store = new ApiKeyStore();
    private final Clock clock;
    private final SecureRandom random;

    public ApiKeys(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Optional<Caller> authenticate(String key, Origin origin) {
        byte[] hash = NewKey.hash(key);
        return database.read(transaction -> store.findByHash(transaction, hash, origin, clock.instant()));
    }

    /**
     * Makes organisation, user and admin key where the database has none.
     *
     * @return the key's text, to be shown once; empty when this is not the first start
     */
    public Optional<String> firstStart() {
        return database.inTransaction(transaction -> {
            store.lockFirstStart(transaction);
            if (store.hasOrganization(transaction)) {
                return Optional.<String>empty();
            }
            Instant now = clock.instant();
            UUID organization = Uuids.next(clock);
            UUID user = Uuids.next(clock);
            store.insertOrganization(transaction, organization, "default", now);
            store.insertUser(transaction, user, organization, "admin@localhost", "Administrator", now);
            NewKey key = NewKey.random(random);
            store.insertKey(transaction, Uuids.next(clock), user, "first key", key, EnumSet.of(Scope.ADMIN), now);
            return Optional.of(key.text());
        });
    }

    /** Another admin key for the first user: the way back in for an operator who lost the first one. */
    public Optional<String> newAdminKey(String name) {
        return database.inTransaction(transaction -> store.firstUser(transaction)
                .map(user -> {
                    NewKey key = NewKey.random(random);
                    store.insertKey(
                            transaction, Uuids.next(clock), user, name, key, EnumSet.of(Scope.ADMIN), clock.instant());
                    return key.text();
                }));
    }
}
