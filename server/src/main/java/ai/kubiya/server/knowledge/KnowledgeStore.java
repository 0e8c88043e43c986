package ai.kubiya.server.knowledge;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of entries. */
final class KnowledgeStore {
    /** Lists leave longer contents out. */
    private static final int LONGEST_IN_LIST = 32 << 10;

    private static final String COLUMNS = """
            SELECT e.*, v.description, v.content_hash, v.size_bytes, v.properties,
            """;
    private static final String FROM = """
            FROM knowledge e JOIN knowledge_version v ON v.knowledge_id = e.id AND v.version = e.version
            """;
    private static final String WHOLE = COLUMNS + " v.content, true AS whole " + FROM;
    private static final String LISTED = COLUMNS + " CASE WHEN v.size_bytes <= " + LONGEST_IN_LIST
            + " THEN v.content ELSE '' END AS content, v.size_bytes <= " + LONGEST_IN_LIST + " AS whole " + FROM;

    private static final String MATCHES = "(strpos(lower(e.name), lower(:query)) > 0 OR EXISTS ("
            + "SELECT FROM knowledge_chunk c WHERE c.knowledge_id = e.id"
            + " AND c.words @@ websearch_to_tsquery('english', :query)))";

    void insert(Transaction transaction, KnowledgeEntry entry) {
        transaction.update("""
                        INSERT INTO knowledge (id, organization_id, name, version, labels, type, source, format, visibility,
                                               owner_id, groups, supported_agents, supported_agents_groups, managed_by,
                                               task_id, created_by, updated_by, created_at, updated_at)
                        VALUES (:id, :organizationId, :name, :version, :labels, :type, :source, :format, :visibility,
                                :owner, :groups, :agents, :agentsGroups, :managedBy, :taskId, :createdBy, :updatedBy,
                                :createdAt, :updatedAt)
                        """, values(entry)).execute();
    }

    void update(Transaction transaction, KnowledgeEntry entry) {
        transaction.update("""
                        UPDATE knowledge SET name = :name, version = :version, labels = :labels, type = :type,
                               source = :source, format = :format, visibility = :visibility, owner_id = :owner,
                               groups = :groups, supported_agents = :agents, supported_agents_groups = :agentsGroups,
                               managed_by = :managedBy, task_id = :taskId, updated_by = :updatedBy,
                               updated_at = :updatedAt, changes = changes + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """, values(entry)).execute();
    }

    private static Map<String, Object> values(KnowledgeEntry entry) {
        Restrictions restrictions = entry.restrictions();
        Map<String, Object> values = new HashMap<>();
        values.put("id", entry.id());
        values.put("organizationId", entry.organizationId());
        values.put("name", entry.name());
        values.put("version", entry.version());
        values.put("labels", entry.text().labels().toArray(String[]::new));
        values.put("type", entry.text().type());
        values.put("source", entry.source());
        values.put("format", entry.format());
        values.put("visibility", restrictions.visibility().wireName());
        values.put("owner", restrictions.owner());
        values.put("groups", restrictions.groups());
        values.put("agents", restrictions.agents());
        values.put("agentsGroups", restrictions.agentsGroups());
        values.put("managedBy", entry.managedBy());
        values.put("taskId", entry.taskId());
        values.put("createdBy", entry.createdBy());
        values.put("updatedBy", entry.updatedBy());
        values.put("createdAt", entry.createdAt());
        values.put("updatedAt", entry.updatedAt());
        return values;
    }

    void delete(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .update("DELETE FROM knowledge WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .query("SELECT id FROM knowledge WHERE organization_id = :organizationId AND id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<KnowledgeEntry> find(Transaction transaction, Reader reader, UUID id) {
        return transaction
                .query(WHOLE + "WHERE " + reader.where() + " AND e.id = :id", reader.whereValues())
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Of those with this name, the first two: more than one is no answer. */
    List<UUID> findByName(Transaction transaction, Reader reader, String name) {
        return transaction
                .query(
                        "SELECT e.id FROM knowledge e WHERE " + reader.where()
                                + " AND e.name = :name ORDER BY e.id LIMIT 2",
                        reader.whereValues())
                .bind("name", name)
                .mapTo(UUID.class)
                .list();
    }

    /** Some of them, in no order, as lists show them. */
    List<KnowledgeEntry> some(Transaction transaction, Reader reader, Collection<UUID> ids) {
        return transaction
                .query(LISTED + "WHERE " + reader.where() + " AND e.id = ANY (:ids)", reader.whereValues())
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, context) -> read(row))
                .list();
    }

    /** @param words that are in them; null = any */
    Page<KnowledgeEntry> list(
            Transaction transaction,
            Reader reader,
            @Nullable String words,
            KnowledgeFilter.Order order,
            Page.Range range) {
        ListQuery query = ListQuery.over("knowledge", "e", reader.organizationId())
                .where(reader.condition(), reader.values())
                .where(MATCHES, "query", words);
        return order.applied(query).page(transaction, LISTED, range, (row, context) -> read(row));
    }

    private static KnowledgeEntry read(ResultSet row) throws SQLException {
        return new KnowledgeEntry(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getInt("version"),
                VersionStore.text(row),
                row.getBoolean("whole"),
                row.getString("content_hash"),
                row.getInt("size_bytes"),
                row.getString("source"),
                row.getString("format"),
                new Restrictions(
                        Visibility.ofWireName(row.getString("visibility")).orElseThrow(),
                        row.getObject("owner_id", UUID.class),
                        ids(row, "groups"),
                        ids(row, "supported_agents"),
                        ids(row, "supported_agents_groups")),
                row.getString("managed_by"),
                row.getString("task_id"),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("changes"));
    }

    private static List<UUID> ids(ResultSet row, String column) throws SQLException {
        return List.of((UUID[]) row.getArray(column).getArray());
    }
}
