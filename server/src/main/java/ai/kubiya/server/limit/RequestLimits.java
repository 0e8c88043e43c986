package ai.kubiya.server.limit;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Admission;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Uuids;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits of keys and damping of guesses. Windows are fixed: ten seconds, the minute, the day of UTC. All servers on one
 * database share one count, and a restart does not forget it.
 */
public final class RequestLimits implements Admission, AutoCloseable {
    private final LimitSettings settings;
    private final Clock clock;
    private final Database database;
    private final CountStore store = new CountStore();
    private final RequestCounts counts;
    private final Presence presence;
    private final KeyGuesses guesses;
    private final LongAdder refused = new LongAdder();

    /**
     * Joins the servers that count on the database. Waits, for a few seconds at most, where one of them counts alone.
     *
     * @param node name of this installation, the same after a restart
     * @param shared whether other servers can work on the same database
     * @param announcement tells the others to {@link #lookForOthers}; part of a transaction
     */
    public RequestLimits(
            Database database,
            LimitSettings settings,
            String node,
            boolean shared,
            Consumer<Transaction> announcement,
            Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.database = database;
        UUID process = Uuids.next(clock);
        this.counts = new RequestCounts(database, process, node, clock);
        this.presence = new Presence(database, counts, process, node, shared, announcement);
        this.guesses = new KeyGuesses(settings.guessesPerMinute(), clock);
    }

    /** Headers are there for every key that has a limit. */
    @Override
    public Map<String, String> admit(Caller caller) {
        Quota quota = Quota.of(caller.limits(), settings);
        if (quota.isOff()) {
            return Map.of();
        }
        long now = clock.instant().getEpochSecond();
        Verdict verdict = count(caller.keyId(), quota, now);
        Map<String, String> headers = LimitHeaders.of(verdict.counts(), quota, now);
        if (verdict.admitted()) {
            return headers;
        }
        refused.increment();
        // A client that comes back when the shorter of two full windows ends is refused again.
        Count full = verdict.counts()
                .limited(quota)
                .filter(count -> count.isFull(quota))
                .max(Comparator.comparingLong(Count::end))
                .orElseThrow();
        throw ApiException.rateLimited(
                "The key \"" + caller.keyName() + "\" has made the " + quota.limit(full.window())
                        + " requests that it may make in this " + full.window().words() + ". Try again in "
                        + (full.end() - now) + " s.",
                full.end() - now,
                headers);
    }

    /**
     * Counts what comes from outside without a key, against a limit of its own.
     *
     * @param id of what is asked
     * @param perMinute how often it may be asked in a minute; 0 = any number
     * @param what it is, as a sentence begins with it
     * @throws ApiException 429 beyond the limit
     */
    public void admit(UUID id, int perMinute, String what) {
        Quota quota = new Quota(0, perMinute, 0);
        if (quota.isOff()) {
            return;
        }
        long now = clock.instant().getEpochSecond();
        Verdict verdict = count(id, quota, now);
        if (!verdict.admitted()) {
            refused.increment();
            long wait = verdict.counts().minute().end() - now;
            throw ApiException.rateLimited(
                    what + " takes " + perMinute + " in a minute. Try again in " + wait + " s.", wait, Map.of());
        }
    }

    private Verdict count(UUID keyId, Quota quota, long now) {
        while (true) {
            presence.ensureFresh();
            @Nullable Verdict verdict = counts.count(keyId, quota, now, presence::isFresh);
            if (verdict != null) {
                return verdict;
            }
        }
    }

    @Override
    public void beforeKey(String address, String key) {
        guesses.check(address, key);
    }

    @Override
    public void wrongKey(String address, String key) {
        guesses.wrong(address, key);
    }

    @Override
    public void goodKey(String key) {
        guesses.good(key);
    }

    /** Another server has announced itself. */
    public void lookForOthers() {
        presence.nudge();
    }

    /** Deletes counts of windows long past and servers long gone. */
    public void forgetOld() {
        long yesterday = Window.DAY.startAt(clock.instant().getEpochSecond()) - Window.DAY.seconds();
        int _ = database.inTransaction(transaction -> store.forget(transaction, yesterday));
        presence.forgetGone();
        guesses.forgetOld();
    }

    /** Requests of good keys that this process refused. */
    public long refused() {
        return refused.sum();
    }

    /** Requests that this process refused to look at, after too many wrong keys. */
    public long damped() {
        return guesses.damped();
    }

    /** Whether this process counts in memory; 1 or 0. */
    public int inMemory() {
        return counts.inMemory() ? 1 : 0;
    }

    @Override
    public void close() {
        presence.close();
    }
}
