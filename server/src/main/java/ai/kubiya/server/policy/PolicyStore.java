package ai.kubiya.server.policy;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL of policies. */
final class PolicyStore {
    private static final String SELECT = "SELECT * FROM policy WHERE organization_id = :organizationId ";

    /** False when the name is taken. */
    boolean insert(Transaction transaction, Policy policy) {
        return described(transaction.update("""
                                INSERT INTO policy (id, organization_id, name, description, applies_to, match_expression,
                                                    expression, message, message_expression, mode, enabled, env,
                                                    managed_by, task_id, created_by, updated_by, created_at, updated_at)
                                VALUES (:id, :organizationId, :name, :description, :appliesTo::jsonb, :match,
                                        :expression, :message, :messageExpression, :mode, :enabled, :env::jsonb,
                                        :managedBy, :taskId, :by, :by, :at, :at)
                                ON CONFLICT (organization_id, name) DO NOTHING
                                """), policy.definition())
                        .bind("id", policy.id())
                        .bind("organizationId", policy.organizationId())
                        .bind("by", policy.createdBy())
                        .bind("at", policy.createdAt())
                        .execute()
                == 1;
    }

    void update(Transaction transaction, Policy before, PolicyDefinition definition, String by, Instant at) {
        described(transaction.update("""
                                UPDATE policy SET name = :name, description = :description,
                                       applies_to = :appliesTo::jsonb, match_expression = :match,
                                       expression = :expression, message = :message,
                                       message_expression = :messageExpression, mode = :mode, enabled = :enabled,
                                       env = :env::jsonb, managed_by = :managedBy, task_id = :taskId,
                                       updated_by = :by, updated_at = :at, version = version + 1
                                WHERE organization_id = :organizationId AND id = :id
                                """), definition)
                .bind("organizationId", before.organizationId())
                .bind("id", before.id())
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    private static <T extends SqlStatement<T>> T described(T statement, PolicyDefinition definition) {
        return statement
                .bind("name", definition.name())
                .bind("description", definition.description())
                .bind("appliesTo", Json.text(Json.array(definition.pointNames())))
                .bind("match", definition.match())
                .bind("expression", definition.expression())
                .bind("message", definition.message())
                .bind("messageExpression", definition.messageExpression())
                .bind("mode", definition.mode().wireName())
                .bind("enabled", definition.enabled())
                .bind("env", Json.text(Json.array(definition.environments())))
                .bind("managedBy", definition.managedBy())
                .bind("taskId", definition.taskId());
    }

    void delete(Transaction transaction, Policy policy) {
        transaction
                .update("DELETE FROM policy WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", policy.organizationId())
                .bind("id", policy.id())
                .execute();
    }

    /** Changes of one organisation's policies come one after another until the end of the transaction. */
    void lock(Transaction transaction, UUID organizationId) {
        transaction
                .query("SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(:organization, 78))) AS lock")
                .bind("organization", organizationId.toString())
                .mapTo(Integer.class)
                .one();
    }

    Optional<Policy> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<Policy> findByName(Transaction transaction, UUID organizationId, String name) {
        return transaction
                .query(SELECT + "AND name = :name")
                .bind("organizationId", organizationId)
                .bind("name", name)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Those that decide: first those that refuse, each kind in the order of their names. */
    List<Policy> enabled(Transaction transaction, UUID organizationId) {
        return transaction
                .query(SELECT + "AND enabled ORDER BY mode <> 'enforce', name")
                .bind("organizationId", organizationId)
                .map((row, context) -> read(row))
                .list();
    }

    long count(Transaction transaction, UUID organizationId) {
        return transaction
                .query("SELECT count(*) FROM policy WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
    }

    /** Characters of all expressions of an organisation's policies. */
    long length(Transaction transaction, UUID organizationId) {
        return transaction
                .query("""
                        SELECT coalesce(sum(length(match_expression) + length(expression) + length(message_expression)), 0)
                        FROM policy WHERE organization_id = :organizationId
                        """)
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
    }

    Page<Policy> list(Transaction transaction, UUID organizationId, Page.Range range) {
        List<Policy> rows = transaction
                .query(SELECT + "ORDER BY name LIMIT :limit OFFSET :offset")
                .bind("organizationId", organizationId)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, count(transaction, organizationId), range);
    }

    private static Policy read(ResultSet row) throws SQLException {
        ObjectNode json = Json.object()
                .put("name", row.getString("name"))
                .put("description", row.getString("description"))
                .put("match", row.getString("match_expression"))
                .put("expression", row.getString("expression"))
                .put("message", row.getString("message"))
                .put("message_expression", row.getString("message_expression"))
                .put("mode", row.getString("mode"))
                .put("enabled", row.getBoolean("enabled"))
                .put("managed_by", row.getString("managed_by"))
                .put("task_id", row.getString("task_id"));
        json.set("applies_to", Json.parse(row.getString("applies_to")));
        json.set("env", Json.parse(row.getString("env")));
        return new Policy(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                PolicyDefinition.of(new JsonFields(json), true),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
