package ai.kubiya.server.event;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL of events and of how far their consumers are. */
final class EventStore {
    void insert(Transaction transaction, UUID id, UUID organization, NewEvent event, Instant at) {
        transaction
                .update("""
                        INSERT INTO event (id, organization_id, type, resource_type, resource_id, data, occurred_at)
                        VALUES (:id, :organization, :type, :resourceType, :resourceId, :data::jsonb, :at)
                        """)
                .bind("id", id)
                .bind("organization", organization)
                .bind("type", event.type())
                .bind("resourceType", event.resourceType())
                .bind("resourceId", event.resourceId())
                .bind("data", event.data().toString())
                .bind("at", at)
                .execute();
    }

    /** The last place that was given to anybody, in whatever transaction, committed or not. */
    long lastPosition(Transaction transaction) {
        return transaction
                .query("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_position")
                .mapTo(Long.class)
                .one();
    }

    /** An id of this transaction; whoever took a place before has a smaller one. */
    long transactionId(Transaction transaction) {
        return transaction
                .query("SELECT pg_current_xact_id()::text::bigint")
                .mapTo(Long.class)
                .one();
    }

    /** Whether all transactions up to this id are over, so that whatever they wrote can be seen. */
    boolean allOver(Transaction transaction, long transactionId) {
        return transaction
                .query("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > :id")
                .bind("id", transactionId)
                .mapTo(Boolean.class)
                .one();
    }

    /** Events of all organisations after a place, in order. */
    List<Event> between(Transaction transaction, long after, long upTo, int limit) {
        return transaction
                .query("""
                        SELECT * FROM event WHERE position > :after AND position <= :upTo
                        ORDER BY position LIMIT :limit
                        """)
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    /** Makes a consumer known; one that is known stays where it is. */
    void addCursor(Transaction transaction, String consumer) {
        transaction
                .update("INSERT INTO event_cursor (consumer, position) VALUES (:consumer, 0) ON CONFLICT DO NOTHING")
                .bind("consumer", consumer)
                .execute();
    }

    long cursor(Transaction transaction, String consumer) {
        return transaction
                .query("SELECT position FROM event_cursor WHERE consumer = :consumer")
                .bind("consumer", consumer)
                .mapTo(Long.class)
                .one();
    }

    /** The place of a consumer, which is this transaction's until it ends; empty when another server has it. */
    Optional<Long> lockCursor(Transaction transaction, String consumer) {
        return transaction
                .query("SELECT position FROM event_cursor WHERE consumer = :consumer FOR UPDATE SKIP LOCKED")
                .bind("consumer", consumer)
                .mapTo(Long.class)
                .findOne();
    }

    void moveCursor(Transaction transaction, String consumer, long position) {
        transaction
                .update("UPDATE event_cursor SET position = :position WHERE consumer = :consumer")
                .bind("consumer", consumer)
                .bind("position", position)
                .execute();
    }

    /** Removes the oldest events that every consumer has had; answers how many. */
    int removeBefore(Transaction transaction, Instant before, int limit) {
        return transaction
                .update("""
                        DELETE FROM event WHERE position IN (
                            SELECT position FROM event
                            WHERE position <= (SELECT coalesce(min(position), 0) FROM event_cursor)
                            ORDER BY position LIMIT :limit)
                          AND occurred_at < :before
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }

    private static Event read(ResultSet row) throws SQLException {
        return new Event(
                row.getObject("id", UUID.class),
                row.getLong("position"),
                row.getObject("organization_id", UUID.class),
                row.getString("type"),
                row.getString("resource_type"),
                row.getString("resource_id"),
                Json.parseObject(row.getString("data")),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant());
    }
}
