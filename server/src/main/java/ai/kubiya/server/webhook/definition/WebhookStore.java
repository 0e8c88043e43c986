package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of webhooks. */
final class WebhookStore {
    private static final String SELECT = """
            SELECT w.*, o.name AS organization_name, e.attempts, e.succeeded, e.failed, e.failing_since, e.open_until,
                   CASE w.kind WHEN 'incoming'
                       THEN (SELECT r.received_at FROM received_event r WHERE r.webhook_id = w.id ORDER BY r.id DESC LIMIT 1)
                       ELSE e.last_triggered_at END AS triggered_at
            FROM webhook w JOIN organization o ON o.id = w.organization_id JOIN webhook_endpoint e ON e.webhook_id = w.id
            """;

    /**
     * A row with what is sealed in it.
     *
     * @param webhook without its url
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            Webhook webhook,
            byte @Nullable [] token,
            byte @Nullable [] secret,
            byte @Nullable [] previousSecret,
            ObjectNode owner) {}

    /** What is sealed of a new webhook. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(byte @Nullable [] secret, byte @Nullable [] token, byte @Nullable [] tokenHash) {}

    void insert(Transaction transaction, Webhook webhook, Sealed sealed, ObjectNode owner) {
        transaction
                .update("""
                        INSERT INTO webhook (id, organization_id, kind, definition, status, secret, token, token_hash,
                                             after_position, owner, created_by, updated_by, created_at, updated_at)
                        VALUES (:id, :organizationId, :kind, :definition::jsonb, :status, :secret, :token, :tokenHash,
                                (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_position),
                                :owner::jsonb, :createdBy, :createdBy, :at, :at)
                        """)
                .bind("id", webhook.id())
                .bind("organizationId", webhook.organizationId())
                .bind("kind", webhook.kind().wireName())
                .bind("definition", Json.text(webhook.definition().toJson()))
                .bind("status", status(webhook.active()))
                .bind("secret", sealed.secret())
                .bind("token", sealed.token())
                .bind("tokenHash", sealed.tokenHash())
                .bind("owner", Json.text(owner))
                .bind("createdBy", webhook.createdBy())
                .bind("at", webhook.createdAt())
                .execute();
        transaction
                .update("INSERT INTO webhook_endpoint (webhook_id) VALUES (:id)")
                .bind("id", webhook.id())
                .execute();
    }

    private static String status(boolean active) {
        return active ? "active" : "disabled";
    }

    /** False when it is not any more as it was read. */
    boolean update(
            Transaction transaction,
            Webhook before,
            Definition definition,
            boolean active,
            ObjectNode owner,
            String by,
            Instant at) {
        return transaction
                        .update("""
                                UPDATE webhook SET definition = :definition::jsonb, status = :status, owner = :owner::jsonb,
                                       status_reason = CASE WHEN status = :status THEN status_reason ELSE '' END,
                                       updated_by = :by, updated_at = :at, version = version + 1
                                WHERE organization_id = :organizationId AND id = :id AND version = :version
                                """)
                        .bind("organizationId", before.organizationId())
                        .bind("id", before.id())
                        .bind("version", before.version())
                        .bind("definition", Json.text(definition.toJson()))
                        .bind("status", status(active))
                        .bind("owner", Json.text(owner))
                        .bind("by", by)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    void forgetFailures(Transaction transaction, UUID id) {
        transaction
                .update("""
                        UPDATE webhook_endpoint SET failures = 0, failing_since = NULL, open_until = NULL
                        WHERE webhook_id = :id
                        """)
                .bind("id", id)
                .execute();
    }

    void setSecret(Transaction transaction, UUID id, byte @Nullable [] secret) {
        transaction
                .update("UPDATE webhook SET secret = :secret WHERE id = :id")
                .bind("id", id)
                .bind("secret", secret)
                .execute();
    }

    /** The secret becomes the previous one. */
    void rotateSecret(
            Transaction transaction,
            UUID id,
            byte[] secret,
            byte @Nullable [] previous,
            @Nullable Instant until,
            Instant at) {
        transaction
                .update("""
                        UPDATE webhook SET secret = :secret, previous_secret = :previous, previous_secret_until = :until,
                               updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("secret", secret)
                .bind("previous", previous)
                .bind("until", until)
                .bind("at", at)
                .execute();
    }

    void setToken(Transaction transaction, UUID id, byte[] token, byte[] hash, Instant at) {
        transaction
                .update("""
                        UPDATE webhook SET token = :token, token_hash = :hash, updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("token", token)
                .bind("hash", hash)
                .bind("at", at)
                .execute();
    }

    /** False when it is disabled already. */
    boolean disable(Transaction transaction, UUID id, String reason, Instant at) {
        return transaction
                        .update("""
                                UPDATE webhook SET status = 'disabled', status_reason = :reason, updated_at = :at,
                                       version = version + 1
                                WHERE id = :id AND status = 'active'
                                """)
                        .bind("id", id)
                        .bind("reason", reason)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    void delete(Transaction transaction, Webhook webhook) {
        transaction
                .update("DELETE FROM webhook WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", webhook.organizationId())
                .bind("id", webhook.id())
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .query("SELECT id FROM webhook WHERE organization_id = :organizationId AND id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Row> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE w.organization_id = :organizationId AND w.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The subscriptions of these organisations that are told of events. */
    List<Webhook> subscriptions(Transaction transaction, Collection<UUID> organizations) {
        return transaction
                .query(SELECT + """
                        WHERE w.organization_id = ANY (:organizations) AND w.kind = 'outgoing' AND w.status = 'active'
                        ORDER BY w.id
                        """)
                .bindArray("organizations", UUID.class, organizations.toArray())
                .map((row, context) -> read(row).webhook())
                .list();
    }

    Optional<Row> findByToken(Transaction transaction, byte[] hash) {
        return transaction
                .query(SELECT + "WHERE w.token_hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Row> list(Transaction transaction, UUID organizationId, @Nullable Kind kind, Page.Range range) {
        return ListQuery.over("webhook", "w", organizationId)
                .where("w.kind = :kind", "kind", kind == null ? null : kind.wireName())
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    private static Row read(ResultSet row) throws SQLException {
        Kind kind = Kind.ofWireName(row.getString("kind"));
        JsonFields fields = new JsonFields(Json.parseObject(row.getString("definition")));
        Webhook webhook = new Webhook(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("organization_name"),
                switch (kind) {
                    case OUTGOING -> Outgoing.of(fields);
                    case INCOMING -> Incoming.of(fields, false);
                },
                null,
                row.getString("status").equals("active"),
                row.getString("status_reason"),
                row.getBytes("secret") != null,
                time(row, "previous_secret_until"),
                row.getLong("after_position"),
                new Webhook.Health(
                        row.getLong("attempts"),
                        row.getLong("succeeded"),
                        row.getLong("failed"),
                        time(row, "triggered_at"),
                        time(row, "failing_since"),
                        time(row, "open_until")),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
        return new Row(
                webhook,
                row.getBytes("token"),
                row.getBytes("secret"),
                row.getBytes("previous_secret"),
                Json.parseObject(row.getString("owner")));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
