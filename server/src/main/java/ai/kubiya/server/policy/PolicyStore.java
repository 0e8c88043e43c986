package ai.kubiya.server.policy;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL of policies. */
final class PolicyStore {

    /** A policy that has to be asked, without its text, which may be long. */
    record Applying(UUID id, String name, long version, boolean warn, String message) {}

    List<Applying> applying(Transaction transaction, UUID organizationId, PolicyAction action) {
        return transaction
                .query("""
                        SELECT id, name, version, mode, message FROM policy
                        WHERE organization_id = :organizationId AND enabled AND :action = ANY (applies_to)
                        ORDER BY name
                        """)
                .bind("organizationId", organizationId)
                .bind("action", action.wireName())
                .map((row, context) -> new Applying(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getLong("version"),
                        row.getString("mode").equals("warn"),
                        row.getString("message")))
                .list();
    }

    /** Empty when it was changed or removed since. */
    Optional<String> expression(Transaction transaction, UUID organizationId, UUID id, long version) {
        return transaction
                .query("""
                        SELECT expression FROM policy
                        WHERE organization_id = :organizationId AND id = :id AND version = :version
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("version", version)
                .mapTo(String.class)
                .findOne();
    }

    /** Lets no other policy of the organisation be added until the transaction ends. */
    void lockAdding(Transaction transaction, UUID organizationId) {
        transaction
                .query("SELECT id FROM organization WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", organizationId)
                .mapTo(UUID.class)
                .one();
    }

    long count(Transaction transaction, UUID organizationId) {
        return transaction
                .query("SELECT count(*) FROM policy WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
    }

    void insert(Transaction transaction, UUID organizationId, Policy policy) {
        bound(
                        transaction.update("""
                                INSERT INTO policy (id, organization_id, name, description, expression, applies_to,
                                                    enabled, mode, message, env, managed_by, task_id, created_by,
                                                    updated_by, created_at, updated_at)
                                VALUES (:id, :organizationId, :name, :description, :expression, :appliesTo, :enabled,
                                        :mode, :message, :env, :managedBy, :taskId, :createdBy, :createdBy, :createdAt,
                                        :createdAt)
                                """),
                        policy.definition())
                .bind("id", policy.id())
                .bind("organizationId", organizationId)
                .bind("createdBy", policy.createdBy())
                .bind("createdAt", policy.createdAt())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, PolicyDefinition definition) {
        return statement
                .bind("name", definition.name())
                .bind("description", definition.description())
                .bind("expression", definition.expression())
                .bindArray("appliesTo", String.class, definition.actionNames())
                .bind("enabled", definition.enabled())
                .bind("mode", definition.mode())
                .bind("message", definition.message())
                .bindArray("env", String.class, definition.env())
                .bind("managedBy", definition.managedBy())
                .bind("taskId", definition.taskId());
    }

    void update(
            Transaction transaction, UUID organizationId, UUID id, PolicyDefinition definition, String by, Instant at) {
        bound(
                        transaction.update("""
                                UPDATE policy SET name = :name, description = :description, expression = :expression,
                                       applies_to = :appliesTo, enabled = :enabled, mode = :mode, message = :message,
                                       env = :env, managed_by = :managedBy, task_id = :taskId, updated_by = :by,
                                       updated_at = :at, version = version + 1
                                WHERE organization_id = :organizationId AND id = :id
                                """),
                        definition)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    void delete(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .update("DELETE FROM policy WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    /** By id or name. With {@code lock}, nobody else changes it until the transaction ends. */
    Optional<Policy> find(Transaction transaction, UUID organizationId, String idOrName, boolean lock) {
        return transaction
                .query("SELECT * FROM policy WHERE organization_id = :organizationId"
                        + " AND (id::text = lower(:idOrName) OR name = :idOrName)"
                        + " ORDER BY id::text = lower(:idOrName) DESC LIMIT 1" + (lock ? " FOR UPDATE" : ""))
                .bind("organizationId", organizationId)
                .bind("idOrName", idOrName)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Policy> list(Transaction transaction, UUID organizationId, Page.Range range) {
        List<Policy> rows = transaction
                .query("""
                        SELECT * FROM policy WHERE organization_id = :organizationId
                        ORDER BY name, id LIMIT :limit OFFSET :offset
                        """)
                .bind("organizationId", organizationId)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, count(transaction, organizationId), range);
    }

    private static Policy read(ResultSet row) throws SQLException {
        PolicyDefinition definition = new PolicyDefinition(
                row.getString("name"),
                row.getString("description"),
                row.getString("expression"),
                texts(row, "applies_to").stream()
                        .map(PolicyAction::ofWireName)
                        .flatMap(Optional::stream)
                        .toList(),
                row.getBoolean("enabled"),
                row.getString("mode").equals("warn"),
                row.getString("message"),
                texts(row, "env"),
                row.getString("managed_by"),
                row.getString("task_id"));
        return new Policy(
                row.getObject("id", UUID.class),
                definition,
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
