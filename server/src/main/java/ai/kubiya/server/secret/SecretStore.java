package ai.kubiya.server.secret;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL of secrets. */
final class SecretStore {
    private static final String SELECT = """
            SELECT id, organization_id, name, description, managed_by, task_id, created_by, updated_by, created_at,
                   updated_at, version
            FROM secret WHERE organization_id = :organizationId\s""";

    /** A sealed value. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(UUID id, String name, byte[] value) {}

    /** False when the name is taken. */
    boolean insert(Transaction transaction, Secret secret, byte[] sealedValue) {
        return transaction
                        .update("""
                                INSERT INTO secret (id, organization_id, name, description, value, managed_by, task_id,
                                                    created_by, updated_by, created_at, updated_at)
                                VALUES (:id, :organizationId, :name, :description, :value, :managedBy, :taskId,
                                        :createdBy, :updatedBy, :createdAt, :updatedAt)
                                ON CONFLICT (organization_id, variable) DO NOTHING
                                """)
                        .bind("id", secret.id())
                        .bind("organizationId", secret.organizationId())
                        .bind("name", secret.name())
                        .bind("description", secret.description())
                        .bind("value", sealedValue)
                        .bind("managedBy", secret.managedBy())
                        .bind("taskId", secret.taskId())
                        .bind("createdBy", secret.createdBy())
                        .bind("updatedBy", secret.updatedBy())
                        .bind("createdAt", secret.createdAt())
                        .bind("updatedAt", secret.updatedAt())
                        .execute()
                == 1;
    }

    void update(Transaction transaction, Secret before, SecretInput input, String by, Instant at) {
        transaction
                .update("""
                        UPDATE secret SET description = :description, managed_by = :managedBy, task_id = :taskId,
                               updated_by = :by, updated_at = :at, version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", before.organizationId())
                .bind("id", before.id())
                .bind("description", input.description())
                .bind("managedBy", input.managedBy())
                .bind("taskId", input.taskId())
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    void setValue(Transaction transaction, Secret secret, byte[] sealedValue) {
        transaction
                .update("UPDATE secret SET value = :value WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", secret.organizationId())
                .bind("id", secret.id())
                .bind("value", sealedValue)
                .execute();
    }

    void delete(Transaction transaction, Secret secret) {
        transaction
                .update("DELETE FROM secret WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", secret.organizationId())
                .bind("id", secret.id())
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .query("SELECT id FROM secret WHERE organization_id = :organizationId AND id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Secret> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The one whose name makes this environment variable; there is never more than one. */
    Optional<Secret> findByVariable(Transaction transaction, UUID organizationId, String variable) {
        return transaction
                .query(SELECT + "AND variable = :variable")
                .bind("organizationId", organizationId)
                .bind("variable", variable)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Secret> list(Transaction transaction, UUID organizationId, Page.Range range) {
        long total = transaction
                .query("SELECT count(*) FROM secret WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
        List<Secret> rows = transaction
                .query(SELECT + "ORDER BY name LIMIT :limit OFFSET :offset")
                .bind("organizationId", organizationId)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, total, range);
    }

    List<String> existing(Transaction transaction, UUID organizationId, Collection<String> names) {
        return transaction
                .query("SELECT name FROM secret WHERE organization_id = :organizationId AND name = ANY(:names)")
                .bind("organizationId", organizationId)
                .bindArray("names", String.class, names.toArray())
                .mapTo(String.class)
                .list();
    }

    List<Sealed> values(Transaction transaction, UUID organizationId, Collection<String> names) {
        return transaction
                .query("SELECT id, name, value FROM secret"
                        + " WHERE organization_id = :organizationId AND name = ANY(:names)")
                .bind("organizationId", organizationId)
                .bindArray("names", String.class, names.toArray())
                .map((row, context) ->
                        new Sealed(row.getObject("id", UUID.class), row.getString("name"), row.getBytes("value")))
                .list();
    }

    private static Secret read(ResultSet row) throws SQLException {
        return new Secret(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("name"),
                row.getString("description"),
                row.getString("managed_by"),
                row.getString("task_id"),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
