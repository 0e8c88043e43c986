package ai.kubiya.server.webhook.delivery;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** SQL of deliveries, for those who hand them over and those who ask. */
final class DeliveryStore {
    private static final String SELECT = """
            SELECT d.*, a.number, a.at, a.duration_ms, a.request, a.status_code, a.response, a.error
            FROM webhook_delivery d
            LEFT JOIN webhook_attempt a ON a.delivery_id = d.id AND a.number = d.attempts
            """;

    /**
     * A delivery to be stored.
     *
     * @param firstAttemptAt null when it waits for an earlier one
     */
    record Row(UUID id, NewDelivery delivery, @Nullable Instant firstAttemptAt) {}

    void insert(Transaction transaction, List<Row> rows, Instant at, Instant expiresAt) {
        PreparedBatch batch = transaction.handle().prepareBatch("""
                INSERT INTO webhook_delivery (id, organization_id, webhook_id, cargo, event_id, event_type, resource,
                                              position, payload, status, next_attempt_at, created_at, expires_at)
                VALUES (:id, :organizationId, :webhookId, :cargo, :eventId, :eventType, :resource, :position, :payload,
                        'pending', :next, :at, :expiresAt)
                ON CONFLICT (webhook_id, event_id) DO NOTHING
                """);
        for (Row row : rows) {
            NewDelivery delivery = row.delivery();
            batch.bind("id", row.id())
                    .bind("organizationId", delivery.organizationId())
                    .bind("webhookId", delivery.webhookId())
                    .bind("cargo", delivery.cargo().storedName())
                    .bind("eventId", delivery.eventId())
                    .bind("eventType", delivery.eventType())
                    .bind("resource", delivery.resource())
                    .bind("position", delivery.position())
                    .bind("payload", delivery.payload())
                    .bind("next", row.firstAttemptAt())
                    .bind("at", at)
                    .bind("expiresAt", expiresAt)
                    .add();
        }
        batch.execute();
    }

    /** A delivery that somebody has in hand from the start, and that is tried once. */
    void insertClaimed(Transaction transaction, Row row, UUID claim, String by, Instant deadAt, Instant at) {
        insert(transaction, List.of(row), at, at);
        transaction
                .update("""
                        UPDATE webhook_delivery SET claim = :claim, claimed_by = :by, next_attempt_at = :deadAt
                        WHERE id = :id
                        """)
                .bind("id", row.id())
                .bind("claim", claim)
                .bind("by", by)
                .bind("deadAt", deadAt)
                .execute();
    }

    /** Of these resources, those that a webhook has something undelivered about. */
    Set<String> pending(Transaction transaction, UUID webhookId, Collection<String> resources) {
        return new HashSet<>(transaction
                .query("""
                        SELECT DISTINCT resource FROM webhook_delivery
                        WHERE webhook_id = :webhookId AND status = 'pending' AND resource = ANY (:resources)
                        """)
                .bind("webhookId", webhookId)
                .bindArray("resources", String.class, resources.toArray())
                .mapTo(String.class)
                .list());
    }

    Optional<Delivery> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE d.organization_id = :organizationId AND d.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Whatever the organisation: for those who carry it. */
    Delivery get(Transaction transaction, UUID id) {
        return transaction
                .query(SELECT + "WHERE d.id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .one();
    }

    Page<Delivery> list(
            Transaction transaction,
            UUID organizationId,
            UUID webhookId,
            @Nullable DeliveryStatus status,
            @Nullable String event,
            Page.Range range) {
        return ListQuery.over("webhook_delivery", "d", organizationId)
                .where("d.webhook_id = :webhookId", "webhookId", webhookId)
                .where("d.status = :status", "status", status == null ? null : status.wireName())
                .where("d.event_type = :event", "event", event)
                .newestFirst()
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    List<Attempt> attempts(Transaction transaction, UUID delivery) {
        return transaction
                .query("SELECT * FROM webhook_attempt WHERE delivery_id = :delivery ORDER BY number")
                .bind("delivery", delivery)
                .map((row, context) -> readAttempt(row))
                .list();
    }

    /** Makes it due again, unless somebody has it in hand. */
    boolean renew(Transaction transaction, UUID id, Instant now, Instant expiresAt) {
        return transaction
                        .update("""
                                UPDATE webhook_delivery
                                SET status = 'pending', tries = 0, next_attempt_at = :now, expires_at = :expiresAt,
                                    finished_at = NULL
                                WHERE id = :id AND claim IS NULL
                                """)
                        .bind("id", id)
                        .bind("now", now)
                        .bind("expiresAt", expiresAt)
                        .execute()
                == 1;
    }

    private static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("webhook_id", UUID.class),
                Cargo.ofStoredName(row.getString("cargo")),
                row.getObject("event_id", UUID.class),
                row.getString("event_type"),
                row.getString("resource"),
                row.getString("payload"),
                DeliveryStatus.ofWireName(row.getString("status")),
                row.getInt("attempts"),
                row.getInt("tries"),
                time(row, "next_attempt_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                time(row, "finished_at"),
                row.getObject("number") == null ? null : readAttempt(row));
    }

    private static Attempt readAttempt(ResultSet row) throws SQLException {
        String response = row.getString("response");
        return new Attempt(
                row.getInt("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("duration_ms"),
                Json.parseObject(row.getString("request")),
                row.getObject("status_code", Integer.class),
                response == null ? null : Json.parseObject(response),
                row.getString("error"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
