package ai.kubiya.server.integration;

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

/** SQL of integrations. */
final class IntegrationStore {
    private static final String SELECT = "SELECT * FROM integration WHERE organization_id = :organizationId ";

    /** False when the name is taken. */
    boolean insert(Transaction transaction, Integration integration, byte @Nullable [] credentials) {
        IntegrationDefinition definition = integration.definition();
        return transaction
                        .update("""
                                INSERT INTO integration (id, organization_id, name, integration_type, auth_type,
                                                         description, configs, credentials, managed_by, task_id,
                                                         created_by, updated_by, created_at, updated_at)
                                VALUES (:id, :organizationId, :name, :type, :authType, :description, :configs::jsonb,
                                        :credentials, :managedBy, :taskId, :createdBy, :updatedBy, :createdAt,
                                        :updatedAt)
                                ON CONFLICT (organization_id, name) DO NOTHING
                                """)
                        .bind("id", integration.id())
                        .bind("organizationId", integration.organizationId())
                        .bind("name", definition.name())
                        .bind("type", definition.type())
                        .bind("authType", definition.authType())
                        .bind("description", definition.description())
                        .bind("configs", Json.text(IntegrationConfig.toJson(definition.configs(), false)))
                        .bind("credentials", credentials)
                        .bind("managedBy", definition.managedBy())
                        .bind("taskId", definition.taskId())
                        .bind("createdBy", integration.createdBy())
                        .bind("updatedBy", integration.updatedBy())
                        .bind("createdAt", integration.createdAt())
                        .bind("updatedAt", integration.updatedAt())
                        .execute()
                == 1;
    }

    void update(
            Transaction transaction,
            Integration before,
            IntegrationDefinition definition,
            byte @Nullable [] credentials,
            String by,
            Instant at) {
        transaction
                .update("""
                        UPDATE integration SET name = :name, integration_type = :type, auth_type = :authType,
                               description = :description, configs = :configs::jsonb, credentials = :credentials,
                               managed_by = :managedBy, task_id = :taskId, updated_by = :by, updated_at = :at,
                               version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", before.organizationId())
                .bind("id", before.id())
                .bind("name", definition.name())
                .bind("type", definition.type())
                .bind("authType", definition.authType())
                .bind("description", definition.description())
                .bind("configs", Json.text(IntegrationConfig.toJson(definition.configs(), false)))
                .bind("credentials", credentials)
                .bind("managedBy", definition.managedBy())
                .bind("taskId", definition.taskId())
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    void delete(Transaction transaction, Integration integration) {
        transaction
                .update("DELETE FROM integration WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", integration.organizationId())
                .bind("id", integration.id())
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .query("SELECT id FROM integration WHERE organization_id = :organizationId AND id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Integration> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Integration> findByNames(Transaction transaction, UUID organizationId, Collection<String> names) {
        return transaction
                .query(SELECT + "AND name = ANY(:names) ORDER BY name")
                .bind("organizationId", organizationId)
                .bindArray("names", String.class, names.toArray())
                .map((row, context) -> read(row))
                .list();
    }

    List<Integration> findByType(Transaction transaction, UUID organizationId, String type) {
        return transaction
                .query(SELECT + "AND lower(integration_type) = lower(:type) ORDER BY name")
                .bind("organizationId", organizationId)
                .bind("type", type)
                .map((row, context) -> read(row))
                .list();
    }

    Page<Integration> list(Transaction transaction, UUID organizationId, Page.Range range) {
        long total = transaction
                .query("SELECT count(*) FROM integration WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
        List<Integration> rows = transaction
                .query(SELECT + "ORDER BY name LIMIT :limit OFFSET :offset")
                .bind("organizationId", organizationId)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, total, range);
    }

    Optional<byte[]> credentials(Transaction transaction, Integration integration) {
        return transaction
                .query("SELECT credentials FROM integration WHERE organization_id = :organizationId AND id = :id"
                        + " AND credentials IS NOT NULL")
                .bind("organizationId", integration.organizationId())
                .bind("id", integration.id())
                .map((row, context) -> row.getBytes("credentials"))
                .findOne();
    }

    private static Integration read(ResultSet row) throws SQLException {
        ObjectNode json = Json.object()
                .put("name", row.getString("name"))
                .put("integration_type", row.getString("integration_type"))
                .put("auth_type", row.getString("auth_type"))
                .put("description", row.getString("description"))
                .put("managed_by", row.getString("managed_by"))
                .put("task_id", row.getString("task_id"));
        json.set("configs", Json.parse(row.getString("configs")));
        return new Integration(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                IntegrationDefinition.of(new JsonFields(json), false),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
