package ai.kubiya.server.limit;

import ai.kubiya.server.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * SQL of request counts. The rule of {@link Count#at} stands here too: a row's window is believed when it is the
 * current one or a little ahead.
 */
final class CountStore {
    /** Nothing here is worth a wait for the disk: a crash of the database may forget the last moment's counts. */
    static final String UNHURRIED = "SELECT set_config('synchronous_commit', 'off', true)";

    private static final String COUNTS = "burst_start, burst_count, minute_start, minute_count, day_start, day_count";

    /** One statement for all windows. Limits that are off are numbers beyond reach. */
    private static final String COUNT = """
            INSERT INTO request_count AS c
                (key_id, burst_start, burst_count, minute_start, minute_count, day_start, day_count, admitted)
            SELECT :keyId, :burstStart, 1, :minuteStart, 1, :dayStart, 1, true FROM (%s) AS unhurried
            ON CONFLICT (key_id) DO UPDATE SET
                (burst_start, burst_count, minute_start, minute_count, day_start, day_count, admitted) = (
                    SELECT CASE WHEN believed.burst THEN c.burst_start ELSE excluded.burst_start END,
                           used.burst + verdict.one,
                           CASE WHEN believed.minute THEN c.minute_start ELSE excluded.minute_start END,
                           used.minute + verdict.one,
                           CASE WHEN believed.day THEN c.day_start ELSE excluded.day_start END,
                           used.day + verdict.one,
                           verdict.one = 1
                    FROM (SELECT c.burst_start - excluded.burst_start BETWEEN 0 AND 60 AS burst,
                                 c.minute_start - excluded.minute_start BETWEEN 0 AND 60 AS minute,
                                 c.day_start - excluded.day_start BETWEEN 0 AND 86400 AS day) AS believed,
                         LATERAL (SELECT CASE WHEN believed.burst THEN c.burst_count ELSE 0 END AS burst,
                                         CASE WHEN believed.minute THEN c.minute_count ELSE 0 END AS minute,
                                         CASE WHEN believed.day THEN c.day_count ELSE 0 END AS day) AS used,
                         LATERAL (SELECT CASE WHEN used.burst < :burstLimit AND used.minute < :minuteLimit
                                               AND used.day < :dayLimit THEN 1 ELSE 0 END AS one) AS verdict)
            RETURNING admitted, burst_start, burst_count, minute_start, minute_count, day_start, day_count
            """.formatted(UNHURRIED);

    /** Counts a request in all windows unless one is full: one statement, whoever else counts at the same time. */
    Verdict count(Transaction transaction, UUID keyId, Quota quota, long now) {
        return transaction
                .query(COUNT)
                .bind("keyId", keyId)
                .bind("burstStart", Window.BURST.startAt(now))
                .bind("minuteStart", Window.MINUTE.startAt(now))
                .bind("dayStart", Window.DAY.startAt(now))
                .bind("burstLimit", limit(quota, Window.BURST))
                .bind("minuteLimit", limit(quota, Window.MINUTE))
                .bind("dayLimit", limit(quota, Window.DAY))
                .map((row, context) -> new Verdict(row.getBoolean("admitted"), counts(row)))
                .one();
    }

    private static int limit(Quota quota, Window window) {
        return quota.has(window) ? quota.limit(window) : Integer.MAX_VALUE;
    }

    Optional<Counts> find(Transaction transaction, UUID keyId) {
        return transaction
                .query("SELECT " + COUNTS + " FROM request_count WHERE key_id = :keyId")
                .bind("keyId", keyId)
                .map((row, context) -> counts(row))
                .findOne();
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return Counts.of(
                row.getLong("burst_start"),
                row.getInt("burst_count"),
                row.getLong("minute_start"),
                row.getInt("minute_count"),
                row.getLong("day_start"),
                row.getInt("day_count"));
    }

    /** Adds what was counted elsewhere. Windows that are over by what the row says are left as they are. */
    void add(Transaction transaction, List<Batch.Row> rows) {
        transaction
                .update("""
                        INSERT INTO request_count AS c
                            (key_id, burst_start, burst_count, minute_start, minute_count, day_start, day_count, admitted)
                        SELECT more.*, true
                        FROM unnest(:keys, :burstStarts, :bursts, :minuteStarts, :minutes, :dayStarts, :days) AS more
                        ORDER BY 1
                        ON CONFLICT (key_id) DO UPDATE SET
                            (burst_start, burst_count, minute_start, minute_count, day_start, day_count) = (
                                SELECT CASE WHEN ahead.burst BETWEEN 0 AND 60
                                            THEN c.burst_start ELSE excluded.burst_start END,
                                       CASE WHEN ahead.burst = 0 THEN c.burst_count + excluded.burst_count
                                            WHEN ahead.burst BETWEEN 0 AND 60 THEN c.burst_count
                                            ELSE excluded.burst_count END,
                                       CASE WHEN ahead.minute BETWEEN 0 AND 60
                                            THEN c.minute_start ELSE excluded.minute_start END,
                                       CASE WHEN ahead.minute = 0 THEN c.minute_count + excluded.minute_count
                                            WHEN ahead.minute BETWEEN 0 AND 60 THEN c.minute_count
                                            ELSE excluded.minute_count END,
                                       CASE WHEN ahead.day BETWEEN 0 AND 86400
                                            THEN c.day_start ELSE excluded.day_start END,
                                       CASE WHEN ahead.day = 0 THEN c.day_count + excluded.day_count
                                            WHEN ahead.day BETWEEN 0 AND 86400 THEN c.day_count
                                            ELSE excluded.day_count END
                                FROM (SELECT c.burst_start - excluded.burst_start AS burst,
                                             c.minute_start - excluded.minute_start AS minute,
                                             c.day_start - excluded.day_start AS day) AS ahead)
                        """)
                .bindArray(
                        "keys", UUID.class, rows.stream().map(Batch.Row::keyId).toArray())
                .bindArray(
                        "burstStarts",
                        Long.class,
                        column(rows, counts -> counts.burst().start()))
                .bindArray(
                        "bursts",
                        Long.class,
                        column(rows, counts -> counts.burst().used()))
                .bindArray(
                        "minuteStarts",
                        Long.class,
                        column(rows, counts -> counts.minute().start()))
                .bindArray(
                        "minutes",
                        Long.class,
                        column(rows, counts -> counts.minute().used()))
                .bindArray(
                        "dayStarts",
                        Long.class,
                        column(rows, counts -> counts.day().start()))
                .bindArray(
                        "days", Long.class, column(rows, counts -> counts.day().used()))
                .execute();
    }

    private static Object[] column(List<Batch.Row> rows, ToLongFunction<Counts> value) {
        return rows.stream().map(row -> value.applyAsLong(row.more())).toArray();
    }

    /** For the transactions in which counts move. */
    void dontWaitForTheDisk(Transaction transaction) {
        transaction.query(UNHURRIED).mapTo(String.class).one();
    }

    int forget(Transaction transaction, long before) {
        return transaction
                .update("DELETE FROM request_count WHERE day_start < :before")
                .bind("before", before)
                .execute();
    }
}
