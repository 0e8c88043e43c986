package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of the queue and its leases. Every write of a holder names its token. */
final class LeaseStore {

    Optional<Execution> leaseNext(
            Transaction transaction, Kind kind, String runner, String owner, UUID token, Instant until) {
        return transaction
                .query("""
                        UPDATE execution
                        SET status = 'leased', lease_owner = :owner, lease_token = :token, lease_until = :until,
                            lease_events = 0, attempt = attempt + 1
                        WHERE id = (SELECT id FROM execution
                                    WHERE status = 'queued' AND kind = :kind AND runner = :runner
                                    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING *
                        """)
                .bind("kind", kind.wireName())
                .bind("runner", runner)
                .bind("owner", owner)
                .bind("token", token)
                .bind("until", until)
                .map((row, context) -> ExecutionStore.read(row))
                .findOne();
    }

    /** Prolongs a lease; empty when it is not this holder's any more. */
    Optional<Execution> prolong(Transaction transaction, UUID id, UUID token, Instant until) {
        return transaction
                .query("""
                        UPDATE execution SET lease_until = :until
                        WHERE id = :id AND lease_token = :token
                        RETURNING *
                        """)
                .bind("id", id)
                .bind("token", token)
                .bind("until", until)
                .map((row, context) -> ExecutionStore.read(row))
                .findOne();
    }

    /**
     * /**
     * Makes room for events.
     *
     * @param last number of the last event at the end of the log
     * @param added how many of the events are new; those before them are there already
     * @param begunTask the task that the execution is an attempt of, when it begins to run with these events
     */
    record Room(long last, int added, @Nullable UUID begunTask) {}

    /**
     * Makes room for a holder's events; null when the lease is not this holder's any more.
     *
     * @param first number of the first event among those of the lease; 0 = the holder does not count
     */
    @Nullable
    Room makeRoom(Transaction transaction, HeldWork held, long first, int count, Instant now) {
        return transaction
                .query("""
                        UPDATE execution e
                        SET last_seq = e.last_seq + new.added, lease_events = e.lease_events + new.added,
                            status = 'running', started_at = coalesce(e.started_at, :now)
                        FROM (SELECT id, CASE WHEN :first = 0 THEN :count
                                         ELSE greatest(0, :first + :count - 1 - lease_events) END AS added,
                                     :first > lease_events + 1 AS gap,
                                     CASE WHEN status = 'leased' THEN task_id END AS begun_task
                              FROM execution
                              WHERE id = :id AND lease_token = :token
                                AND (:organization::uuid IS NULL OR organization_id = :organization)
                              FOR UPDATE) new
                        WHERE e.id = new.id AND NOT new.gap
                        RETURNING e.last_seq, new.added, new.begun_task
                        """)
                .bind("id", held.execution())
                .bind("token", held.token())
                .bind("organization", held.organizationId())
                .bind("first", first)
                .bind("count", (long) count)
                .bind("now", now)
                .map((row, context) ->
                        new Room(row.getLong("last_seq"), row.getInt("added"), row.getObject("begun_task", UUID.class)))
                .findOne()
                .orElse(null);
    }

    /** The execution as it is from now on; empty when the lease is lost. */
    Optional<Execution> end(Transaction transaction, HeldWork held, Ending ending, Instant at) {
        return transaction
                .query("""
                                UPDATE execution
                                SET status = :status, finished_at = :at, exit_code = :exitCode,
                                    error_code = :errorCode, error_message = :errorMessage,
                                    duration_ms = :durationMillis, output_bytes = :outputBytes,
                                    dropped_bytes = :droppedBytes, ended_token = lease_token,
                                    lease_owner = NULL, lease_token = NULL, lease_until = NULL
                                WHERE id = :id AND lease_token = :token
                                RETURNING *
                                """)
                .bind("id", held.execution())
                .bind("token", held.token())
                .bind("status", ending.status().wireName())
                .bind("at", at)
                .bind("exitCode", ending.exitCode())
                .bind("errorCode", ending.errorCode())
                .bind("errorMessage", ending.errorMessage())
                .bind("durationMillis", ending.durationMillis())
                .bind("outputBytes", ending.outputBytes())
                .bind("droppedBytes", ending.droppedBytes())
                .map((row, context) -> ExecutionStore.read(row))
                .findOne();
    }

    /** True when this holder has ended it already. */
    boolean hasEnded(Transaction transaction, HeldWork held) {
        return transaction
                .query("""
                        SELECT EXISTS (SELECT FROM execution
                                       WHERE id = :id AND ended_token = :token
                                         AND (:organization::uuid IS NULL OR organization_id = :organization))
                        """)
                .bind("id", held.execution())
                .bind("token", held.token())
                .bind("organization", held.organizationId())
                .mapTo(Boolean.class)
                .one();
    }

    /** Leases that are over by time; locked for this transaction. */
    List<Execution> expired(Transaction transaction, Instant now, boolean remote) {
        return transaction
                .query("""
                        SELECT * FROM execution
                        WHERE status IN ('leased', 'running') AND lease_until < :now
                          AND (:remote OR NOT starts_with(lease_owner, :remoteOwners))
                        ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED
                        """)
                .bind("now", now)
                .bind("remote", remote)
                .bind("remoteOwners", RemoteLeases.OWNERS)
                .map((row, context) -> ExecutionStore.read(row))
                .list();
    }

    /** Leases whose owner is known to be dead; locked for this transaction. */
    List<Execution> ownedBy(Transaction transaction, String deadOwner) {
        return transaction
                .query("""
                        SELECT * FROM execution
                        WHERE status IN ('leased', 'running') AND lease_owner = :deadOwner
                        ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED
                        """)
                .bind("deadOwner", deadOwner)
                .map((row, context) -> ExecutionStore.read(row))
                .list();
    }

    boolean giveBack(Transaction transaction, UUID id, UUID token, boolean countAttempt) {
        return transaction
                        .update("""
                                UPDATE execution
                                SET status = 'queued', lease_owner = NULL, lease_token = NULL, lease_until = NULL,
                                    attempt = attempt - :uncounted
                                WHERE id = :id AND lease_token = :token
                                """)
                        .bind("id", id)
                        .bind("token", token)
                        .bind("uncounted", countAttempt ? 0 : 1)
                        .execute()
                == 1;
    }

    /** Puts back into the queue what a holder did not begin; empty when it did, or holds nothing. */
    Optional<Execution> giveBackUnbegun(Transaction transaction, HeldWork held) {
        return transaction
                .query("""
                        UPDATE execution
                        SET status = 'queued', lease_owner = NULL, lease_token = NULL, lease_until = NULL,
                            attempt = attempt - 1
                        WHERE id = :id AND lease_token = :token AND status = 'leased'
                          AND (:organization::uuid IS NULL OR organization_id = :organization)
                        RETURNING *
                        """)
                .bind("id", held.execution())
                .bind("token", held.token())
                .bind("organization", held.organizationId())
                .map((row, context) -> ExecutionStore.read(row))
                .findOne();
    }

    /**
     * Lays work aside that waits for other executions which wait themselves.
     *
     * @return as it is now; empty when the lease is over
     */
    Optional<Execution> park(Transaction transaction, UUID id, UUID token) {
        return transaction
                .query("""
                        UPDATE execution
                        SET status = 'waiting', lease_owner = NULL, lease_token = NULL, lease_until = NULL,
                            attempt = attempt - 1
                        WHERE id = :id AND lease_token = :token
                        RETURNING *
                        """)
                .bind("id", id)
                .bind("token", token)
                .map((row, context) -> ExecutionStore.read(row))
                .findOne();
    }

    void requeue(Transaction transaction, UUID id) {
        transaction.update("""
                        UPDATE execution
                        SET status = 'queued', lease_owner = NULL, lease_token = NULL, lease_until = NULL
                        WHERE id = :id
                        """).bind("id", id).execute();
    }

    Execution endAbandoned(Transaction transaction, UUID id, Ending ending, Instant at) {
        return transaction
                .query("""
                        UPDATE execution
                        SET status = :status, finished_at = :at, error_code = :errorCode,
                            error_message = :errorMessage,
                            lease_owner = NULL, lease_token = NULL, lease_until = NULL
                        WHERE id = :id
                        RETURNING *
                        """)
                .bind("id", id)
                .bind("status", ending.status().wireName())
                .bind("errorCode", ending.errorCode())
                .bind("errorMessage", ending.errorMessage())
                .bind("at", at)
                .map((row, context) -> ExecutionStore.read(row))
                .one();
    }
}
