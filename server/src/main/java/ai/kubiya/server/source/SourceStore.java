package ai.kubiya.server.source;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** SQL of sources, and the writing of their tools. */
final class SourceStore {
    private static final String SELECT = """
            SELECT s.*,
                   (SELECT count(*) FROM tool t WHERE t.source_id = s.id) AS tools,
                   (SELECT count(*) FROM agent a WHERE a.organization_id = s.organization_id
                        AND a.definition -> 'sources' @> to_jsonb(s.id::text)) AS agents
            FROM source s
            """;

    void insert(Transaction transaction, Source source) {
        fields(transaction.update("""
                        INSERT INTO source (id, organization_id, name, type, url, branch, commit, status, runner,
                            dynamic_config, inline_tools, inline_workflows, workflows, errors, metadata, managed_by,
                            task_id, created_by, updated_by, last_synced_at, created_at, updated_at)
                        VALUES (:id, :organizationId, :name, :type, :url, :branch, :commit, :status, :runner,
                            :dynamicConfig::jsonb, :inlineTools::jsonb, :inlineWorkflows::jsonb, :workflows::jsonb,
                            :errors::jsonb, :metadata::jsonb, :managedBy, :taskId, :createdBy, :updatedBy,
                            :lastSyncedAt, :createdAt, :updatedAt)
                        """), source)
                .bind("type", source.type().wireName())
                .bind("createdBy", source.createdBy())
                .bind("createdAt", source.createdAt())
                .execute();
    }

    /** False when it is not there. */
    boolean update(Transaction transaction, Source source) {
        return fields(transaction.update("""
                        UPDATE source SET name = :name, url = :url, branch = :branch, commit = :commit,
                            status = :status, syncing_on = NULL, runner = :runner,
                            dynamic_config = :dynamicConfig::jsonb, inline_tools = :inlineTools::jsonb,
                            inline_workflows = :inlineWorkflows::jsonb, workflows = :workflows::jsonb,
                            errors = :errors::jsonb, metadata = :metadata::jsonb, managed_by = :managedBy,
                            task_id = :taskId, updated_by = :updatedBy, last_synced_at = :lastSyncedAt,
                            updated_at = :updatedAt, version = version + 1
                        WHERE id = :id AND organization_id = :organizationId
                        """), source).execute() == 1;
    }

    private static Update fields(Update statement, Source source) {
        return statement
                .bind("id", source.id())
                .bind("organizationId", source.organizationId())
                .bind("name", source.name())
                .bind("url", source.url())
                .bind("branch", source.branch())
                .bind("commit", source.commit())
                .bind("status", source.status())
                .bind("runner", source.runner())
                .bind("dynamicConfig", Json.text(source.dynamicConfig()))
                .bind("inlineTools", Json.text(source.inlineTools()))
                .bind("inlineWorkflows", Json.text(source.inlineWorkflows()))
                .bind("workflows", Json.text(source.workflows()))
                .bind("errors", Json.text(source.errors()))
                .bind("metadata", Json.text(source.metadata()))
                .bind("managedBy", source.managedBy())
                .bind("taskId", source.taskId())
                .bind("updatedBy", source.updatedBy())
                .bind("lastSyncedAt", source.lastSyncedAt())
                .bind("updatedAt", source.updatedAt());
    }

    /** Claims a source for a sync; false when one is going on. */
    boolean beginSync(Transaction transaction, UUID id, String node) {
        return transaction.update("""
                                UPDATE source SET status = 'syncing', syncing_on = :node, version = version + 1
                                WHERE id = :id AND status <> 'syncing'
                                """).bind("id", id).bind("node", node).execute() == 1;
    }

    /** Keeps what was there and says why the sync failed. */
    void failSync(Transaction transaction, UUID id, ArrayNode errors, Instant at) {
        transaction
                .update("""
                        UPDATE source SET status = 'failed', syncing_on = NULL, errors = :errors::jsonb,
                               updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("errors", Json.text(errors))
                .bind("at", at)
                .execute();
    }

    /** Syncs of a process that is gone fail; answers their sources as they are from now on. */
    List<Source> failInterrupted(Transaction transaction, String node, ArrayNode errors, Instant at) {
        List<UUID> failed = transaction
                .query("""
                        UPDATE source SET status = 'failed', syncing_on = NULL, errors = :errors::jsonb,
                               updated_at = :at, version = version + 1
                        WHERE status = 'syncing' AND syncing_on = :node
                        RETURNING id
                        """)
                .bind("node", node)
                .bind("errors", Json.text(errors))
                .bind("at", at)
                .mapTo(UUID.class)
                .list();
        return transaction
                .query(SELECT + "WHERE s.id = ANY (:ids)")
                .bindArray("ids", UUID.class, failed.toArray())
                .map((row, context) -> read(row))
                .list();
    }

    /** The tools of a source become exactly these; those that stay keep their ids. */
    void replaceTools(Transaction transaction, Source source, List<ToolDefinition> tools, Clock clock) {
        transaction
                .update("DELETE FROM tool WHERE source_id = :source AND name <> ALL (:names)")
                .bind("source", source.id())
                .bindArray(
                        "names",
                        String.class,
                        tools.stream().map(ToolDefinition::name).toArray())
                .execute();
        if (tools.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.handle().prepareBatch("""
                INSERT INTO tool (id, organization_id, source_id, name, description, definition, created_at, updated_at)
                VALUES (:id, :organization, :source, :name, :description, :definition::jsonb, :at, :at)
                ON CONFLICT (source_id, name) DO UPDATE
                SET description = excluded.description, definition = excluded.definition,
                    updated_at = CASE WHEN tool.definition = excluded.definition THEN tool.updated_at
                                      ELSE excluded.updated_at END,
                    version = CASE WHEN tool.definition = excluded.definition THEN tool.version
                                   ELSE tool.version + 1 END
                """);
        for (ToolDefinition tool : tools) {
            batch.bind("id", ai.kubiya.server.http.Uuids.next(clock))
                    .bind("organization", source.organizationId())
                    .bind("source", source.id())
                    .bind("name", tool.name())
                    .bind("description", tool.description())
                    .bind("definition", Json.text(tool.toJson(Json.MAPPER)))
                    .bind("at", source.updatedAt())
                    .add();
        }
        batch.execute();
    }

    void delete(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .update("DELETE FROM source WHERE id = :id AND organization_id = :organizationId")
                .bind("id", id)
                .bind("organizationId", organizationId)
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID id) {
        transaction
                .query("SELECT id FROM source WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Source> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE s.id = :id AND s.organization_id = :organizationId")
                .bind("id", id)
                .bind("organizationId", organizationId)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Source> findByName(Transaction transaction, UUID organizationId, String name) {
        return transaction
                .query(SELECT + "WHERE s.name = :name AND s.organization_id = :organizationId ORDER BY s.id")
                .bind("name", name)
                .bind("organizationId", organizationId)
                .map((row, context) -> read(row))
                .list();
    }

    /** The agents that a uuid or a name stands for. */
    List<UUID> agents(Transaction transaction, UUID organizationId, String idOrName) {
        return transaction
                .query("""
                        SELECT id FROM agent
                        WHERE organization_id = :organizationId AND (id::text = lower(:agent) OR name = :agent)
                        ORDER BY id
                        """)
                .bind("organizationId", organizationId)
                .bind("agent", idOrName)
                .mapTo(UUID.class)
                .list();
    }

    List<Source> ofAgent(Transaction transaction, UUID organizationId, UUID agent) {
        return transaction
                .query(SELECT + """
                        WHERE s.organization_id = :organizationId AND EXISTS (
                            SELECT FROM agent a
                            WHERE a.organization_id = :organizationId AND a.id = :agent
                              AND a.definition -> 'sources' @> to_jsonb(s.id::text))
                        ORDER BY s.id
                        """)
                .bind("organizationId", organizationId)
                .bind("agent", agent)
                .map((row, context) -> read(row))
                .list();
    }

    /** Which of these are sources of the organisation. */
    List<UUID> existing(Transaction transaction, UUID organizationId, List<UUID> ids) {
        return transaction
                .query("SELECT id FROM source WHERE organization_id = :organizationId AND id = ANY (:ids)")
                .bind("organizationId", organizationId)
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(UUID.class)
                .list();
    }

    private static final String WORKFLOWS = """
            FROM source s CROSS JOIN LATERAL jsonb_array_elements(s.workflows) WITH ORDINALITY AS w(definition, place)
            WHERE s.organization_id = :organizationId AND jsonb_typeof(w.definition) = 'object'
              AND (:name::text IS NULL OR w.definition ->> 'name' = :name)
            """;

    /**
     * The workflows of all sources, by name.
     *
     * @param name of those that are meant; null = of all
     */
    Page<SourceWorkflow> workflows(
            Transaction transaction, UUID organizationId, @Nullable String name, Page.Range range) {
        List<SourceWorkflow> rows = transaction
                .query("SELECT s.id, s.name, w.definition " + WORKFLOWS
                        + "ORDER BY w.definition ->> 'name', s.id, w.place LIMIT :limit OFFSET :offset")
                .bind("organizationId", organizationId)
                .bind("name", name)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> new SourceWorkflow(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Json.parseObject(row.getString("definition"))))
                .list();
        long total = transaction
                .query("SELECT count(*) " + WORKFLOWS)
                .bind("organizationId", organizationId)
                .bind("name", name)
                .mapTo(Long.class)
                .one();
        return new Page<>(rows, total, range);
    }

    Page<Source> list(
            Transaction transaction,
            UUID organizationId,
            @Nullable String type,
            @Nullable String status,
            Page.Range range) {
        return ListQuery.over("source", "s", organizationId)
                .where("s.type = :type", "type", type)
                .where("s.status = :status", "status", status)
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    private static Source read(ResultSet row) throws SQLException {
        OffsetDateTime synced = row.getObject("last_synced_at", OffsetDateTime.class);
        return new Source(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("name"),
                SourceType.ofWireName(row.getString("type")).orElseThrow(),
                row.getString("url"),
                row.getString("branch"),
                row.getString("commit"),
                row.getString("status"),
                row.getString("runner"),
                Json.parseObject(row.getString("dynamic_config")),
                (ArrayNode) Json.parse(row.getString("inline_tools")),
                (ArrayNode) Json.parse(row.getString("inline_workflows")),
                (ArrayNode) Json.parse(row.getString("workflows")),
                (ArrayNode) Json.parse(row.getString("errors")),
                Json.parseObject(row.getString("metadata")),
                row.getString("managed_by"),
                row.getString("task_id"),
                row.getString("created_by"),
                row.getString("updated_by"),
                synced == null ? null : synced.toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("tools"),
                row.getLong("agents"),
                row.getLong("version"));
    }
}
