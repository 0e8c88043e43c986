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
                            attempt = attempt + 1
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
     * Numbers of events.
     *
     * @param last the last of them
     * @param begunTask the task that the execution is an attempt of, when these are its first events
     */
    record Reserved(long last, @Nullable UUID begunTask) {}

    /** Reserves numbers for events; empty when the lease is not this holder's any more. */
    Optional<Reserved> reserve(Transaction transaction, UUID id, UUID token, int count, Instant now) {
        return transaction
                .query("""
                        UPDATE execution
                        SET last_seq = last_seq + :count, status = 'running', started_at = coalesce(started_at, :now)
                        WHERE id = :id AND lease_token = :token
                        RETURNING last_seq, CASE WHEN started_at = :now THEN task_id END AS begun_task
                        """)
                .bind("id", id)
                .bind("token", token)
                .bind("count", count)
                .bind("now", now)
                .map((row, context) -> new Reserved(row.getLong("last_seq"), row.getObject("begun_task", UUID.class)))
                .findOne();
    }

    Optional<Execution> end(Transaction transaction, UUID id, UUID token, Ending ending, Instant at) {
        return transaction
                .query("""
                                UPDATE execution
                                SET status = :status, finished_at = :at, exit_code = :exitCode,
                                    error_code = :errorCode, error_message = :errorMessage,
                                    duration_ms = :durationMillis, output_bytes = :outputBytes,
                                    dropped_bytes = :droppedBytes,
                                    lease_owner = NULL, lease_token = NULL, lease_until = NULL
                                WHERE id = :id AND lease_token = :token
                                RETURNING *
                                """)
                .bind("id", id)
                .bind("token", token)
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

    /** Leases that are over by time, or whose owner is known to be dead; locked for this transaction. */
    List<Execution> abandoned(Transaction transaction, Instant now, @Nullable String deadOwner) {
        return transaction
                .query("""
                        SELECT * FROM execution
                        WHERE status IN ('leased', 'running') AND (lease_until < :now OR lease_owner = :deadOwner)
                        ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED
                        """)
                .bind("now", now)
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
