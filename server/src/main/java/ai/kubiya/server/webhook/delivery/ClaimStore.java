package ai.kubiya.server.webhook.delivery;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of those who do the work: what is due, taking it, and how it ended. */
final class ClaimStore {
    /**
     * A webhook with something to deliver.
     *
     * @param dueAt when something can be tried, if nothing else happens
     */
    record Due(UUID webhookId, Instant dueAt) {}

    /** The webhooks that have something to deliver, however much: the index is read once for each of them. */
    List<Due> due(Transaction transaction) {
        return transaction
                .query("""
                        WITH RECURSIVE busy(webhook_id) AS (
                            (SELECT webhook_id FROM webhook_delivery
                             WHERE status = 'pending' AND next_attempt_at IS NOT NULL ORDER BY webhook_id LIMIT 1)
                            UNION ALL
                            SELECT (SELECT d.webhook_id FROM webhook_delivery d
                                    WHERE d.status = 'pending' AND d.next_attempt_at IS NOT NULL
                                      AND d.webhook_id > busy.webhook_id
                                    ORDER BY d.webhook_id LIMIT 1)
                            FROM busy WHERE busy.webhook_id IS NOT NULL)
                        SELECT b.webhook_id, greatest(first.at, e.open_until) AS due_at
                        FROM busy b
                        JOIN webhook w ON w.id = b.webhook_id AND w.status = 'active'
                        JOIN webhook_endpoint e ON e.webhook_id = b.webhook_id,
                        LATERAL (SELECT d.next_attempt_at AS at FROM webhook_delivery d
                                 WHERE d.webhook_id = b.webhook_id AND d.status = 'pending'
                                   AND d.next_attempt_at IS NOT NULL
                                 ORDER BY d.next_attempt_at LIMIT 1) AS first
                        """)
                .map((row, context) -> new Due(
                        row.getObject("webhook_id", UUID.class),
                        row.getObject("due_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * Takes the next delivery of a webhook; nobody else gets it until {@code deadAt}.
     *
     * @param probe takes one that failed before, if there is one that is due: a receiver that fails each delivery once would
     *     never recover if it were always given new ones
     */
    Optional<UUID> claim(
            Transaction transaction,
            UUID webhookId,
            boolean probe,
            UUID claim,
            String by,
            Instant now,
            Instant deadAt) {
        return transaction
                .query("""
                        UPDATE webhook_delivery SET claim = :claim, claimed_by = :by, next_attempt_at = :deadAt
                        WHERE id = (SELECT id FROM webhook_delivery
                                    WHERE webhook_id = :webhookId AND status = 'pending' AND next_attempt_at <= :now
                                      AND EXISTS (SELECT FROM webhook WHERE id = :webhookId AND status = 'active')
                                    ORDER BY %s next_attempt_at, position LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING id
                        """.formatted(probe ? "attempts = 0," : ""))
                .bind("webhookId", webhookId)
                .bind("claim", claim)
                .bind("by", by)
                .bind("now", now)
                .bind("deadAt", deadAt)
                .mapTo(UUID.class)
                .findOne();
    }

    /** How an endpoint does. */
    Optional<Circuit> circuit(Transaction transaction, UUID webhookId) {
        return circuit(transaction, webhookId, "");
    }

    /** As {@link #circuit}, and it stays so until the transaction ends. */
    Optional<Circuit> lockCircuit(Transaction transaction, UUID webhookId) {
        return circuit(transaction, webhookId, " FOR UPDATE");
    }

    private static Optional<Circuit> circuit(Transaction transaction, UUID webhookId, String lock) {
        return transaction
                .query("SELECT failures, failing_since, open_until FROM webhook_endpoint WHERE webhook_id = :id" + lock)
                .bind("id", webhookId)
                .map((row, context) ->
                        new Circuit(row.getInt("failures"), time(row, "failing_since"), time(row, "open_until")))
                .findOne();
    }

    /** Takes the one attempt that an open circuit allows; false when somebody else has it. */
    boolean claimProbe(Transaction transaction, UUID webhookId, Instant now, Instant until) {
        return transaction
                        .update("""
                                UPDATE webhook_endpoint SET open_until = :until
                                WHERE webhook_id = :id AND (open_until IS NULL OR open_until <= :now)
                                """)
                        .bind("id", webhookId)
                        .bind("now", now)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /** What becomes of a delivery after an attempt; false when somebody else has it by now. */
    boolean settle(
            Transaction transaction,
            Delivery delivery,
            UUID claim,
            DeliveryStatus status,
            @Nullable Instant nextAttemptAt,
            Instant at) {
        return transaction
                        .update("""
                                UPDATE webhook_delivery
                                SET status = :status, attempts = attempts + 1, tries = tries + 1,
                                    next_attempt_at = :next, claim = NULL, claimed_by = NULL,
                                    finished_at = :finishedAt
                                WHERE id = :id AND claim = :claim
                                """)
                        .bind("id", delivery.id())
                        .bind("claim", claim)
                        .bind("status", status.wireName())
                        .bind("next", nextAttemptAt)
                        .bind("finishedAt", status == DeliveryStatus.PENDING ? null : at)
                        .execute()
                == 1;
    }

    void insertAttempt(Transaction transaction, UUID delivery, Attempt attempt) {
        transaction
                .update("""
                        INSERT INTO webhook_attempt (delivery_id, number, at, duration_ms, request, status_code, response,
                                                     error)
                        VALUES (:delivery, :number, :at, :duration, :request::jsonb, :status, :response::jsonb, :error)
                        """)
                .bind("delivery", delivery)
                .bind("number", attempt.number())
                .bind("at", attempt.at())
                .bind("duration", attempt.durationMillis())
                .bind("request", Json.text(attempt.request()))
                .bind("status", attempt.statusCode())
                .bind("response", attempt.response() == null ? null : Json.text(attempt.response()))
                .bind("error", attempt.error())
                .execute();
    }

    void setCircuit(
            Transaction transaction, UUID webhookId, Circuit circuit, DeliveryStatus delivery, Instant attemptAt) {
        transaction
                .update("""
                        UPDATE webhook_endpoint
                        SET failures = :failures, failing_since = :failingSince, open_until = :openUntil,
                            attempts = attempts + 1, last_triggered_at = :at,
                            succeeded = succeeded + :succeeded, failed = failed + :failed
                        WHERE webhook_id = :id
                        """)
                .bind("id", webhookId)
                .bind("failures", circuit.failures())
                .bind("failingSince", circuit.failingSince())
                .bind("openUntil", circuit.openUntil())
                .bind("at", attemptAt)
                .bind("succeeded", delivery == DeliveryStatus.SUCCESS ? 1 : 0)
                .bind("failed", delivery == DeliveryStatus.FAILED ? 1 : 0)
                .execute();
    }

    void countFailed(Transaction transaction, UUID webhookId) {
        transaction
                .update("UPDATE webhook_endpoint SET failed = failed + 1 WHERE webhook_id = :id")
                .bind("id", webhookId)
                .execute();
    }

    /** Lets the next delivery about a resource go; the caller has the lock of the endpoint. */
    boolean releaseNext(Transaction transaction, UUID webhookId, String resource, Instant now) {
        return transaction
                        .update("""
                                UPDATE webhook_delivery SET next_attempt_at = :now
                                WHERE next_attempt_at IS NULL AND id = (
                                    SELECT id FROM webhook_delivery
                                    WHERE webhook_id = :webhookId AND resource = :resource AND status = 'pending'
                                    ORDER BY position LIMIT 1)
                                """)
                        .bind("webhookId", webhookId)
                        .bind("resource", resource)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** A delivery whose time is over. */
    record Expired(UUID id, UUID webhookId, String resource) {}

    List<Expired> expired(Transaction transaction, Instant now, int limit) {
        return transaction
                .query("""
                        SELECT id, webhook_id, resource FROM webhook_delivery
                        WHERE status = 'pending' AND expires_at < :now AND (claim IS NULL OR next_attempt_at < :now)
                        ORDER BY expires_at LIMIT :limit
                        """)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new Expired(
                        row.getObject("id", UUID.class),
                        row.getObject("webhook_id", UUID.class),
                        row.getString("resource")))
                .list();
    }

    /** Gives up what is over by time; false when somebody did something else with it meanwhile. */
    boolean giveUp(Transaction transaction, UUID id, Instant now) {
        return transaction.update("""
                                UPDATE webhook_delivery
                                SET status = 'failed', next_attempt_at = NULL, claim = NULL, claimed_by = NULL,
                                    finished_at = :now
                                WHERE id = :id AND status = 'pending' AND expires_at < :now
                                  AND (claim IS NULL OR next_attempt_at < :now)
                                """).bind("id", id).bind("now", now).execute() == 1;
    }

    /** What a process of this name had in hand when it ended. */
    int takeBack(Transaction transaction, String by, Instant now) {
        return transaction.update("""
                        UPDATE webhook_delivery SET claim = NULL, claimed_by = NULL, next_attempt_at = :now
                        WHERE claimed_by = :by
                        """).bind("by", by).bind("now", now).execute();
    }

    /** Removes what has been over for long; answers how many. */
    int removeBefore(Transaction transaction, Instant before, int limit) {
        return transaction
                .update("""
                        DELETE FROM webhook_delivery WHERE id IN (
                            SELECT id FROM webhook_delivery WHERE finished_at < :before ORDER BY finished_at LIMIT :limit)
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
