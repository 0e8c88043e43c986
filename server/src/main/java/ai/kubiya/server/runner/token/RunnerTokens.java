package ai.kubiya.server.runner.token;

import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.RunnerAuthenticator;
import ai.kubiya.server.http.Uuids;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes, knows and revokes the tokens of runners. */
public final class RunnerTokens implements RunnerAuthenticator {
    /** How long the url of a manifest answers, and a token in it waits for its first use. */
    public static final Duration TO_INSTALL = Duration.ofHours(24);

    private static final int MOST = 50;
    private static final int LONGEST = 100;

    private final Database database;
    private final TokenStore store = new TokenStore();
    private final Clock clock;
    private final SecureRandom random;

    public RunnerTokens(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Optional<RunnerIdentity> authenticate(String token, Origin origin) {
        if (!token.startsWith(NewRunnerToken.START) || token.length() > LONGEST) {
            return Optional.empty();
        }
        return database.read(
                transaction -> store.find(transaction, NewRunnerToken.sha256(token), clock.instant(), origin));
    }

    /**
     * Makes a token.
     *
     * @param toInstall void unless it is used within a day
     */
    public Made make(
            Transaction transaction, UUID organization, UUID runner, String by, String purpose, boolean toInstall) {
        Instant now = clock.instant();
        if (!store.holdRunner(transaction, organization, runner)) {
            // Somebody deleted it since it was read.
            throw ApiException.notFound("runner", runner);
        }
        store.deleteVoid(transaction, organization, runner, now);
        if (store.list(transaction, organization, runner).size() >= MOST) {
            throw ApiException.conflict("The runner has " + MOST + " tokens; revoke some, or rotate them.");
        }
        NewRunnerToken token = NewRunnerToken.random(random);
        RunnerToken row = new RunnerToken(
                Uuids.next(clock),
                runner,
                token.prefix(),
                purpose,
                by,
                now,
                null,
                toInstall ? now.plus(TO_INSTALL) : null,
                null);
        store.insert(transaction, organization, row, token);
        return new Made(row, token);
    }

    /** A token that was just made, and what is kept of it. */
    public record Made(RunnerToken row, NewRunnerToken token) {}

    /** The tokens of a runner that are not void, oldest first. */
    public List<RunnerToken> list(UUID organization, UUID runner) {
        return database.inTransaction(transaction -> {
            store.deleteVoid(transaction, organization, runner, clock.instant());
            return store.list(transaction, organization, runner);
        });
    }

    /** One of a runner's tokens, unless it is void. */
    public Optional<RunnerToken> find(UUID organization, UUID runner, UUID token) {
        return database.read(transaction -> store.findGood(transaction, organization, runner, token, clock.instant()));
    }

    /** Takes the validity of all tokens of a runner away, now or after a while. */
    public void revokeAll(Transaction transaction, UUID organization, UUID runner, Duration grace) {
        if (grace.isZero()) {
            store.deleteAll(transaction, organization, runner);
        } else {
            store.expireAll(transaction, organization, runner, clock.instant().plus(grace));
        }
    }

    /** The revoked token, or nothing when there was none. */
    public Optional<RunnerToken> revoke(Transaction transaction, UUID organization, UUID runner, UUID token) {
        return store.delete(transaction, organization, runner, token);
    }

    /** Notes that a runner came with a token. */
    public void used(Transaction transaction, RunnerIdentity identity) {
        store.used(transaction, identity.organizationId(), identity.tokenId(), clock.instant());
    }

    /** The token of a manifest's url, and whose it is, while the url is young. */
    public Optional<Seeded> ofSeed(String seed) {
        if (!NewRunnerToken.isSeed(seed)) {
            return Optional.empty();
        }
        Instant youngest = clock.instant().minus(TO_INSTALL);
        return database.read(transaction ->
                        store.findBySeed(transaction, NewRunnerToken.sha256(seed), youngest, clock.instant()))
                .map(owner -> new Seeded(owner.organization(), owner.runner(), new NewRunnerToken(seed)));
    }

    /** A token with its runner. */
    public record Seeded(UUID organization, UUID runner, NewRunnerToken token) {}

    /** Of which runner a token is. */
    record Owner(UUID organization, UUID runner) {}
}
