package ai.kubiya.server.agent;

import ai.kubiya.server.access.Audience;
import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of agents. */
final class AgentStore {
    private static final String SELECT =
            "SELECT a.*, o.name AS organization_name FROM agent a JOIN organization o ON o.id = a.organization_id ";

    void insert(Transaction transaction, Agent agent) {
        transaction
                .update("""
                        INSERT INTO agent (id, organization_id, name, definition, created_by, updated_by, created_at,
                                           updated_at)
                        VALUES (:id, :organizationId, :name, :definition::jsonb, :createdBy, :updatedBy, :createdAt,
                                :updatedAt)
                        """)
                .bind("id", agent.id())
                .bind("organizationId", agent.organizationId())
                .bind("name", agent.name())
                .bind("definition", Json.text(agent.definition().toJson()))
                .bind("createdBy", agent.createdBy())
                .bind("updatedBy", agent.updatedBy())
                .bind("createdAt", agent.createdAt())
                .bind("updatedAt", agent.updatedAt())
                .execute();
    }

    void update(Transaction transaction, UUID id, AgentDefinition definition, String by, Instant at) {
        transaction
                .update("""
                        UPDATE agent SET name = :name, definition = :definition::jsonb, updated_by = :by,
                               updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("name", definition.name())
                .bind("definition", Json.text(definition.toJson()))
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    void delete(Transaction transaction, UUID id) {
        transaction.update("DELETE FROM agent WHERE id = :id").bind("id", id).execute();
    }

    /** Locks the row, so that two updates at once do not undo each other. */
    void lock(Transaction transaction, UUID id) {
        transaction
                .query("SELECT id FROM agent WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Agent> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE a.organization_id = :organizationId AND a.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Agent> findByName(Transaction transaction, UUID organizationId, String name) {
        return transaction
                .query(SELECT + "WHERE a.organization_id = :organizationId AND a.name = :name ORDER BY a.id")
                .bind("organizationId", organizationId)
                .bind("name", name)
                .map((row, context) -> read(row))
                .list();
    }

    Page<Agent> list(Transaction transaction, UUID organizationId, @Nullable String name, Page.Range range) {
        return ListQuery.over("agent", "a", organizationId)
                .where("a.name = :name", "name", name)
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    /** An agent that does not talk to everybody. */
    record WithAudience(UUID id, Audience audience) {}

    /** The condition is that of an index. */
    List<WithAudience> withAudience(Transaction transaction, UUID organizationId) {
        return transaction
                .query("""
                        SELECT id, ARRAY(SELECT jsonb_array_elements_text(definition -> 'allowed_users')) AS users,
                               ARRAY(SELECT jsonb_array_elements_text(definition -> 'allowed_groups')) AS groups
                        FROM agent
                        WHERE organization_id = :organizationId
                          AND (definition -> 'allowed_users' <> '[]'::jsonb OR definition -> 'allowed_groups' <> '[]'::jsonb)
                        """)
                .bind("organizationId", organizationId)
                .map((row, context) -> new WithAudience(
                        row.getObject("id", UUID.class), new Audience(texts(row, "users"), texts(row, "groups"))))
                .list();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Agent read(ResultSet row) throws SQLException {
        return new Agent(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("organization_name"),
                AgentDefinition.of(new JsonFields(Json.parseObject(row.getString("definition")))),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
