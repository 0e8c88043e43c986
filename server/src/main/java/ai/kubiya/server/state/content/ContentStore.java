package ai.kubiya.server.state.content;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** SQL of contents and their pieces. */
final class ContentStore {
    void insert(Transaction transaction, UUID organizationId, UUID projectId, UUID id, byte[] sealedKey, Instant at) {
        transaction
                .update("""
                        INSERT INTO project_state_content (id, organization_id, project_id, key, created_at)
                        VALUES (:id, :organizationId, :projectId, :key, :at)
                        """)
                .bind("id", id)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .bind("key", sealedKey)
                .bind("at", at)
                .execute();
    }

    void insertPiece(Transaction transaction, UUID id, int number, byte[] data) {
        transaction
                .update("INSERT INTO project_state_piece (content_id, number, data) VALUES (:id, :number, :data)")
                .bind("id", id)
                .bind("number", number)
                .bind("data", data)
                .execute();
    }

    /** Empty when there is no such content, or its key was lost. */
    Optional<byte[]> key(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("""
                        SELECT key FROM project_state_content
                        WHERE organization_id = :organizationId AND id = :id AND key IS NOT NULL
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> row.getBytes("key"))
                .findOne();
    }

    Optional<byte[]> piece(Transaction transaction, UUID organizationId, UUID id, int number) {
        return transaction
                .query("""
                        SELECT p.data FROM project_state_piece p JOIN project_state_content c ON c.id = p.content_id
                        WHERE c.organization_id = :organizationId AND c.id = :id AND p.number = :number
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("number", number)
                .map((row, context) -> row.getBytes("data"))
                .findOne();
    }

    void delete(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .update("DELETE FROM project_state_content WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    /** Those of every organisation that never became a version. */
    int deleteAbandoned(Transaction transaction, Instant before) {
        return transaction.update("""
                        DELETE FROM project_state_content c
                        WHERE c.created_at < :before
                          AND NOT EXISTS (SELECT FROM project_state_version v WHERE v.id = c.id)
                        """).bind("before", before).execute();
    }
}
