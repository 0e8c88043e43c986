package ai.kubiya.server.tool;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.tool.definition.ParsedTool;
import ai.kubiya.server.tool.definition.SourceReference;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.definition.ToolDefinitionParser;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** SQL of tools. */
final class ToolStore {
    private static final String SELECT = """
            SELECT t.*, s.name AS source_name, s.url AS source_url, s.type AS source_type
            FROM tool t JOIN source s ON s.id = t.source_id
            """;
    /** As {@link ModelName#plain}; names have no other odd characters. */
    private static final String PLAIN = "left(translate(t.name, '. ', '__'), " + ModelName.LONGEST + ")";

    /** {@code ToolRuns} refuses the others. */
    private static final String RUNNABLE = " t.definition ->> 'type' <> 'mcp'"
            + " AND jsonb_typeof(coalesce(t.definition -> 'workflow', 'null')) = 'null' ";

    private static final String RELEVANCE = """
            - ts_rank(t.search, websearch_to_tsquery('english', replace(replace(:query, '_', ' '), '-', ' ')))
            - CASE WHEN lower(t.name) = lower(:query) THEN 2 ELSE 0 END""";

    Page<Tool> list(
            Transaction transaction,
            UUID organizationId,
            @Nullable UUID sourceId,
            @Nullable String query,
            Page.Range range) {
        ListQuery list = ListQuery.over("tool", "t", organizationId)
                .where("t.source_id = :sourceId", "sourceId", sourceId)
                // A word that is not in the dictionary, or a part of a name, is found by the name alone.
                .where("""
                        (t.search @@ websearch_to_tsquery('english', replace(replace(:query, '_', ' '), '-', ' '))
                         OR position(lower(:query) IN lower(t.name)) > 0)
                        """, "query", query)
                .orderedBy(query == null ? "t.name, t.id" : RELEVANCE + ", t.name, t.id");
        return list.page(transaction, SELECT, range, (row, context) -> read(row));
    }

    Optional<Tool> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE t.organization_id = :organizationId AND t.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Tool> findByName(Transaction transaction, UUID organizationId, String name, @Nullable UUID sourceId) {
        return transaction
                .query(SELECT + """
                        WHERE t.organization_id = :organizationId AND t.name = :name
                          AND (:sourceId::uuid IS NULL OR t.source_id = :sourceId)
                        ORDER BY t.id
                        """)
                .bind("organizationId", organizationId)
                .bind("name", name)
                .bind("sourceId", sourceId)
                .map((row, context) -> read(row))
                .list();
    }

    /** Tools of these sources, and tools of these names wherever they are. */
    List<Tool> findFor(Transaction transaction, UUID organizationId, List<UUID> sources, List<String> names) {
        return transaction
                .query(SELECT + """
                        WHERE t.organization_id = :organizationId
                          AND (t.source_id = ANY (:sources) OR t.name = ANY (:names))
                        ORDER BY t.name, t.id
                        """)
                .bind("organizationId", organizationId)
                .bindArray("sources", UUID.class, sources.toArray())
                .bindArray("names", String.class, names.toArray())
                .map((row, context) -> read(row))
                .list();
    }

    /** Tools that can be run, in the order of their names. */
    List<Tool> runnable(Transaction transaction, UUID organizationId, @Nullable ToolPlace after, int limit) {
        Query query = transaction.query(SELECT + "WHERE t.organization_id = :organizationId AND" + RUNNABLE
                + (after == null ? "" : " AND (t.name, t.id) > (:name, :id)") + " ORDER BY t.name, t.id LIMIT :limit");
        if (after != null) {
            query.bind("name", after.name()).bind("id", after.id());
        }
        return query.bind("organizationId", organizationId)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    /**
     * Tools that can be run whose plain names are these, or are too long for a source's name beside them and begin so.
     *
     * @param beginnings of {@link ModelName#LEFT} letters
     */
    List<NamedTool> runnableNamed(
            Transaction transaction, UUID organizationId, Collection<String> plain, Collection<String> beginnings) {
        // Names first: to look into definitions takes longer.
        String sql = """
                WITH named AS MATERIALIZED (
                    SELECT t.id FROM tool t WHERE t.organization_id = :organizationId
                      AND (%1$s = ANY (:plain) OR (length(t.name) > %2$d AND left(%1$s, %3$d) = ANY (:beginnings))))
                SELECT t.id, t.name, s.name AS source_name
                FROM named JOIN tool t ON t.id = named.id JOIN source s ON s.id = t.source_id
                WHERE t.organization_id = :organizationId AND %4$s
                ORDER BY t.name, t.id
                """.formatted(PLAIN, ModelName.FITS, ModelName.LEFT, RUNNABLE);
        return transaction
                .query(sql)
                .bind("organizationId", organizationId)
                .bindArray("plain", String.class, plain.toArray())
                .bindArray("beginnings", String.class, beginnings.toArray())
                .map((row, context) -> new NamedTool(
                        row.getObject("id", UUID.class), row.getString("name"), row.getString("source_name")))
                .list();
    }

    /** Changes to the names of one source take turns, so that two tools do not both take a free one. */
    void lockSource(Transaction transaction, UUID sourceId) {
        transaction
                .query("SELECT id FROM source WHERE id = :id FOR UPDATE")
                .bind("id", sourceId)
                .mapTo(UUID.class)
                .findOne();
    }

    void insert(Transaction transaction, UUID id, UUID organizationId, UUID sourceId, ToolDefinition tool, Instant at) {
        transaction
                .update("""
                        INSERT INTO tool (id, organization_id, source_id, name, description, definition, created_at,
                                          updated_at)
                        VALUES (:id, :organizationId, :sourceId, :name, :description, :definition::jsonb, :at, :at)
                        """)
                .bind("id", id)
                .bind("organizationId", organizationId)
                .bind("sourceId", sourceId)
                .bind("name", tool.name())
                .bind("description", tool.description())
                .bind("definition", Json.text(tool.toJson(Json.MAPPER)))
                .bind("at", at)
                .execute();
    }

    void update(Transaction transaction, UUID id, ToolDefinition tool, Instant at) {
        transaction
                .update("""
                        UPDATE tool SET name = :name, description = :description, definition = :definition::jsonb,
                               updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("name", tool.name())
                .bind("description", tool.description())
                .bind("definition", Json.text(tool.toJson(Json.MAPPER)))
                .bind("at", at)
                .execute();
    }

    void delete(Transaction transaction, UUID id) {
        transaction.update("DELETE FROM tool WHERE id = :id").bind("id", id).execute();
    }

    /**
     * The inline source that holds tools created through the API, made when it is first needed. Clients may write
     * metadata, so more than one source can claim to be it: the oldest is.
     */
    UUID homeSource(Transaction transaction, UUID organizationId, UUID newId, String runner, String by, Instant at) {
        // One at a time per organisation, so that two first tools do not make two sources.
        transaction
                .query("SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(:organization, 77))) AS lock")
                .bind("organization", organizationId.toString())
                .mapTo(Integer.class)
                .one();
        return transaction
                .query("""
                        SELECT id FROM source
                        WHERE organization_id = :organizationId AND type = 'inline' AND metadata @> '{"home": true}'
                        ORDER BY id LIMIT 1
                        """)
                .bind("organizationId", organizationId)
                .mapTo(UUID.class)
                .findOne()
                .orElseGet(() -> {
                    transaction
                            .update("""
                                    INSERT INTO source (id, organization_id, name, type, status, runner,
                                        dynamic_config, inline_tools, inline_workflows, workflows, errors, metadata,
                                        managed_by, task_id, created_by, updated_by, last_synced_at, created_at,
                                        updated_at)
                                    VALUES (:id, :organizationId, 'tools created through the API', 'inline', 'active',
                                        :runner, '{}', '[]', '[]', '[]', '[]', '{"home": true}', '', '', :by, :by, :at,
                                        :at, :at)
                                    """)
                            .bind("id", newId)
                            .bind("organizationId", organizationId)
                            .bind("runner", runner)
                            .bind("by", by)
                            .bind("at", at)
                            .execute();
                    return newId;
                });
    }

    /** An inline source's list of tools as a client would send it follows its rows. */
    void refreshInline(Transaction transaction, UUID sourceId, Instant at) {
        transaction.update("""
                        UPDATE source SET updated_at = :at, version = version + 1, inline_tools = coalesce(
                            (SELECT jsonb_agg(t.definition ORDER BY t.name) FROM tool t WHERE t.source_id = :id), '[]')
                        WHERE id = :id
                        """).bind("id", sourceId).bind("at", at).execute();
    }

    private static Tool read(ResultSet row) throws SQLException {
        UUID sourceId = row.getObject("source_id", UUID.class);
        String url = row.getString("source_url");
        ToolDefinition stored = switch (ToolDefinitionParser.parse(Json.parse(row.getString("definition")))) {
            case ParsedTool.Valid(ToolDefinition definition) -> definition;
            case ParsedTool.Invalid(var problems) ->
                throw new IllegalStateException("the stored tool " + row.getString("id") + " is broken: " + problems);
        };
        return new Tool(
                row.getObject("id", UUID.class),
                sourceId,
                row.getString("source_name"),
                url,
                row.getString("source_type"),
                stored.from(new SourceReference(sourceId.toString(), url), stored.fileName()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
