package ai.kubiya.server.model.organization;

import ai.kubiya.server.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of organisations' models. */
final class OrganizationModelStore {

    /** A row; the key is still sealed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            String provider,
            String baseUrl,
            List<String> models,
            byte @Nullable [] sealedKey,
            String updatedBy,
            Instant updatedAt) {}

    Optional<Row> find(Transaction transaction, UUID organizationId) {
        return transaction
                .query("SELECT * FROM organization_model WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .map((row, context) -> read(row))
                .findOne();
    }

    void save(Transaction transaction, UUID organizationId, Row row) {
        transaction
                .update("""
                        INSERT INTO organization_model (organization_id, provider, base_url, models, api_key,
                                                        updated_by, updated_at)
                        VALUES (:organizationId, :provider, :baseUrl, :models, :apiKey, :updatedBy, :updatedAt)
                        ON CONFLICT (organization_id) DO UPDATE
                        SET provider = excluded.provider, base_url = excluded.base_url, models = excluded.models,
                            api_key = excluded.api_key, updated_by = excluded.updated_by,
                            updated_at = excluded.updated_at
                        """)
                .bind("organizationId", organizationId)
                .bind("provider", row.provider())
                .bind("baseUrl", row.baseUrl())
                .bindArray("models", String.class, row.models().toArray())
                .bind("apiKey", row.sealedKey())
                .bind("updatedBy", row.updatedBy())
                .bind("updatedAt", row.updatedAt())
                .execute();
    }

    void delete(Transaction transaction, UUID organizationId) {
        transaction
                .update("DELETE FROM organization_model WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .execute();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString("provider"),
                row.getString("base_url"),
                List.of((String[]) row.getArray("models").getArray()),
                row.getBytes("api_key"),
                row.getString("updated_by"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
