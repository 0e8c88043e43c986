package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.webhook.definition.Webhook;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of received events. */
final class ReceivedEventStore {
    private static final String SELECT = "SELECT r.* FROM received_event r ";

    /** An event to be stored. */
    record NewEvent(
            UUID id,
            @Nullable String senderId,
            Map<String, String> headers,
            String payload,
            EventOrigin origin,
            @Nullable UUID replayOf) {}

    /** False when the webhook is not any more as it was read, or the sender's id is known. One statement for each event. */
    boolean insert(Transaction transaction, Webhook webhook, NewEvent event, Instant at) {
        return transaction
                        .update("""
                                INSERT INTO received_event (id, organization_id, webhook_id, sender_id, headers, payload,
                                                            origin, replay_of, status, next_attempt_at, received_at)
                                SELECT :id, w.organization_id, w.id, :senderId, :headers::jsonb, :payload, :origin,
                                       :replayOf, 'accepted', :at, :at
                                FROM webhook w WHERE w.id = :webhookId AND w.version = :version
                                ON CONFLICT (webhook_id, sender_id) DO NOTHING
                                """)
                        .bind("id", event.id())
                        .bind("webhookId", webhook.id())
                        .bind("version", webhook.version())
                        .bind("senderId", event.senderId())
                        .bind("headers", Json.text(event.headers()))
                        .bind("payload", event.payload())
                        .bind("origin", event.origin().wireName())
                        .bind("replayOf", event.replayOf())
                        .bind("at", at)
                        .execute()
                == 1;
    }

    Optional<ReceivedEvent> findBySender(Transaction transaction, UUID webhookId, String senderId) {
        return transaction
                .query(SELECT + "WHERE r.webhook_id = :webhookId AND r.sender_id = :senderId")
                .bind("webhookId", webhookId)
                .bind("senderId", senderId)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<ReceivedEvent> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE r.organization_id = :organizationId AND r.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<ReceivedEvent> list(Transaction transaction, Webhook webhook, @Nullable EventStatus status, Page.Range range) {
        return ListQuery.over("received_event", "r", webhook.organizationId())
                .where("r.webhook_id = :webhookId", "webhookId", webhook.id())
                .where("r.status = :status", "status", status == null ? null : status.wireName())
                .newestFirst()
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    /** The next event that something is to be started for; nobody else gets it until this transaction ends. */
    Optional<ReceivedEvent> lockNext(Transaction transaction, Instant now) {
        return transaction
                .query(SELECT + """
                        WHERE r.status = 'accepted' AND r.next_attempt_at <= :now
                        ORDER BY r.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
                        """)
                .bind("now", now)
                .map((row, context) -> read(row))
                .findOne();
    }

    void started(Transaction transaction, UUID id, UUID executionId, @Nullable UUID sessionId, Instant at) {
        transaction
                .update("""
                        UPDATE received_event SET status = 'running', execution_id = :execution, session_id = :session,
                               started_at = :at
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("execution", executionId)
                .bind("session", sessionId)
                .bind("at", at)
                .execute();
    }

    /** Ends an event for which nothing was started; false when that was not so any more. */
    boolean end(Transaction transaction, UUID id, EventStatus status, @Nullable String message, Instant at) {
        return transaction
                        .update("""
                                UPDATE received_event SET status = :status, message = :message, finished_at = :at
                                WHERE id = :id AND status = 'accepted'
                                """)
                        .bind("id", id)
                        .bind("status", status.wireName())
                        .bind("message", message)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    void postpone(Transaction transaction, UUID id, Instant until) {
        transaction.update("""
                        UPDATE received_event SET attempts = attempts + 1, next_attempt_at = :until
                        WHERE id = :id AND status = 'accepted'
                        """).bind("id", id).bind("until", until).execute();
    }

    /** How a piece of work that events may have started ended. */
    record Ended(
            UUID executionId, EventStatus status, @Nullable String message) {}

    /** Ends the events that started these; answers them. */
    List<ReceivedEvent> ended(Transaction transaction, Collection<Ended> ended, Instant at) {
        return transaction
                .query("""
                        UPDATE received_event r SET status = e.status, message = e.message, finished_at = :at
                        FROM unnest(:ids, :statuses, :messages) AS e(id, status, message)
                        WHERE r.execution_id = e.id AND r.status = 'running'
                        RETURNING r.*
                        """)
                .bindArray(
                        "ids",
                        UUID.class,
                        ended.stream().map(Ended::executionId).toArray())
                .bindArray(
                        "statuses",
                        String.class,
                        ended.stream().map(one -> one.status().wireName()).toArray())
                .bindArray(
                        "messages",
                        String.class,
                        ended.stream().map(Ended::message).toArray())
                .bind("at", at)
                .map((row, context) -> read(row))
                .list();
    }

    /** Removes the oldest events; ids grow with time. */
    int removeBefore(Transaction transaction, UUID idBefore, int limit) {
        return transaction
                .update("""
                        DELETE FROM received_event WHERE id IN (
                            SELECT id FROM received_event WHERE id < :idBefore AND status NOT IN ('accepted', 'running')
                            ORDER BY id LIMIT :limit)
                        """)
                .bind("idBefore", idBefore)
                .bind("limit", limit)
                .execute();
    }

    private static ReceivedEvent read(ResultSet row) throws SQLException {
        return new ReceivedEvent(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("webhook_id", UUID.class),
                headers(row.getString("headers")),
                row.getString("payload"),
                EventOrigin.ofWireName(row.getString("origin")),
                row.getObject("replay_of", UUID.class),
                EventStatus.ofWireName(row.getString("status")),
                row.getString("message"),
                row.getObject("session_id", UUID.class),
                row.getObject("execution_id", UUID.class),
                row.getInt("attempts"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                time(row, "started_at"),
                time(row, "finished_at"));
    }

    private static Map<String, String> headers(String json) {
        try {
            return Json.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored headers are broken", e);
        }
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
