package ai.kubiya.server.knowledge.external;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL of external knowledge. */
final class ExternalKnowledgeStore {
    private static final String SELECT = "SELECT k.* FROM external_knowledge k";

    void insert(Transaction transaction, ExternalKnowledge external) {
        transaction
                .update("""
                        INSERT INTO external_knowledge (id, organization_id, vendor, channel_ids, user_email, created_at,
                                                        updated_at)
                        VALUES (:id, :organizationId, :vendor, :channels, :email, :createdAt, :updatedAt)
                        """)
                .bind("id", external.id())
                .bind("organizationId", external.organizationId())
                .bind("vendor", external.vendor())
                .bind("channels", external.channelIds().toArray(String[]::new))
                .bind("email", external.userEmail())
                .bind("createdAt", external.createdAt())
                .bind("updatedAt", external.updatedAt())
                .execute();
    }

    Optional<ExternalKnowledge> find(Transaction transaction, UUID organizationId, String vendor, UUID id) {
        return transaction
                .query(SELECT
                        + " WHERE k.organization_id = :organizationId AND k.vendor = :vendor AND k.id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("vendor", vendor)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<ExternalKnowledge> list(Transaction transaction, UUID organizationId, String vendor, Page.Range range) {
        return ListQuery.over("external_knowledge", "k", organizationId)
                .where("k.vendor = :vendor", "vendor", vendor)
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    void update(Transaction transaction, UUID organizationId, UUID id, List<String> channels, Instant now) {
        transaction
                .update("""
                        UPDATE external_knowledge SET channel_ids = :channels, updated_at = :now, changes = changes + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("channels", channels.toArray(String[]::new))
                .bind("now", now)
                .execute();
    }

    void delete(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .update("DELETE FROM external_knowledge WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    private static ExternalKnowledge read(ResultSet row) throws SQLException {
        return new ExternalKnowledge(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("vendor"),
                List.of((String[]) row.getArray("channel_ids").getArray()),
                row.getString("user_email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("changes"));
    }
}
