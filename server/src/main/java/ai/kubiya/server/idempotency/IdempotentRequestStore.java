package ai.kubiya.server.idempotency;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Replays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of idempotent requests. */
final class IdempotentRequestStore {

    /** A first request. Status, headers, type and body are there once it is answered. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            byte[] fingerprint,
            String state,
            int status,
            Map<String, String> headers,
            String contentType,
            byte[] body,
            Instant createdAt) {}

    /** False when there is a row that is not too old. */
    boolean claim(
            Transaction transaction,
            UUID keyId,
            String key,
            byte[] fingerprint,
            String node,
            Instant now,
            Instant tooOld) {
        return transaction
                        .update("""
                                INSERT INTO idempotent_request AS r (api_key_id, key, fingerprint, node, state, created_at)
                                VALUES (:keyId, :key, :fingerprint, :node, 'open', :now)
                                ON CONFLICT (api_key_id, key) DO UPDATE
                                SET fingerprint = excluded.fingerprint, node = excluded.node, state = 'open',
                                    status = NULL, headers = NULL, content_type = NULL, body = NULL,
                                    created_at = excluded.created_at
                                WHERE r.created_at < :tooOld
                                """)
                        .bind("keyId", keyId)
                        .bind("key", key)
                        .bind("fingerprint", fingerprint)
                        .bind("node", node)
                        .bind("now", now)
                        .bind("tooOld", tooOld)
                        .execute()
                == 1;
    }

    Optional<Row> find(Transaction transaction, UUID keyId, String key) {
        return transaction
                .query("SELECT * FROM idempotent_request WHERE api_key_id = :keyId AND key = :key")
                .bind("keyId", keyId)
                .bind("key", key)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Row read(ResultSet row) throws SQLException {
        Map<String, String> headers = new HashMap<>();
        @Nullable String stored = row.getString("headers");
        if (stored != null) {
            Json.parseObject(stored)
                    .properties()
                    .forEach(entry ->
                            headers.put(entry.getKey(), entry.getValue().asText()));
        }
        @Nullable String contentType = row.getString("content_type");
        byte @Nullable [] body = row.getBytes("body");
        return new Row(
                row.getBytes("fingerprint"),
                row.getString("state"),
                row.getInt("status"),
                headers,
                contentType == null ? "" : contentType,
                body == null ? new byte[0] : body,
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    void answer(Transaction transaction, UUID keyId, String key, Replays.Answer answer, byte[] sealedBody) {
        transaction
                .update("""
                        UPDATE idempotent_request
                        SET state = 'answered', status = :status, headers = :headers::jsonb, content_type = :contentType,
                            body = :body
                        WHERE api_key_id = :keyId AND key = :key
                        """)
                .bind("keyId", keyId)
                .bind("key", key)
                .bind("status", answer.status())
                .bind("headers", Json.text(answer.headers()))
                .bind("contentType", answer.contentType())
                .bind("body", sealedBody)
                .execute();
    }

    void release(Transaction transaction, UUID keyId, String key) {
        transaction
                .update("DELETE FROM idempotent_request WHERE api_key_id = :keyId AND key = :key AND state = 'open'")
                .bind("keyId", keyId)
                .bind("key", key)
                .execute();
    }

    int interrupt(Transaction transaction, String node, Instant before) {
        return transaction.update("""
                        UPDATE idempotent_request SET state = 'interrupted'
                        WHERE state = 'open' AND (node = :node OR created_at < :before)
                        """).bind("node", node).bind("before", before).execute();
    }

    void forget(Transaction transaction, Instant before) {
        transaction
                .update("DELETE FROM idempotent_request WHERE created_at < :before")
                .bind("before", before)
                .execute();
    }
}
