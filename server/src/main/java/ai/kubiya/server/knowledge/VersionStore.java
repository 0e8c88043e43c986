package ai.kubiya.server.knowledge;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of what entries say and said. */
final class VersionStore {
    private static final int LONGEST_IN_LIST = 32 << 10;

    void insert(Transaction transaction, KnowledgeEntry entry, @Nullable Integer restoredFrom) {
        Map<String, Object> values = new HashMap<>();
        KnowledgeText text = entry.text();
        values.put("organizationId", entry.organizationId());
        values.put("entry", entry.id());
        values.put("version", entry.version());
        values.put("name", text.name());
        values.put("description", text.description());
        values.put("content", text.content());
        values.put("contentHash", entry.contentHash());
        values.put("sizeBytes", entry.sizeBytes());
        values.put("labels", text.labels().toArray(String[]::new));
        values.put("type", text.type());
        values.put("properties", Json.text(new TreeMap<>(text.properties())));
        values.put("by", entry.updatedBy());
        values.put("at", entry.updatedAt());
        transaction.update("""
                        INSERT INTO knowledge_version (organization_id, knowledge_id, version, name, description, content,
                                                       content_hash, size_bytes, labels, type, properties, restored_from,
                                                       created_by, created_at)
                        VALUES (:organizationId, :entry, :version, :name, :description, :content, :contentHash, :sizeBytes,
                                :labels, :type, :properties::jsonb, :restoredFrom, :by, :at)
                        """, values).bind("restoredFrom", restoredFrom).execute();
    }

    Optional<KnowledgeEntry.Version> find(Transaction transaction, KnowledgeEntry entry, int version) {
        return transaction
                .query("""
                        SELECT *, true AS whole FROM knowledge_version
                        WHERE organization_id = :organizationId AND knowledge_id = :entry AND version = :version
                        """)
                .bind("organizationId", entry.organizationId())
                .bind("entry", entry.id())
                .bind("version", version)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Versions are numbered without gaps. */
    Page<KnowledgeEntry.Version> list(
            Transaction transaction, KnowledgeEntry entry, boolean newestFirst, Page.Range range) {
        List<KnowledgeEntry.Version> rows = transaction
                .query("""
                        SELECT knowledge_id, version, name, description, content_hash, size_bytes, labels, type, properties,
                               restored_from, created_by, created_at, size_bytes <= :longest AS whole,
                               CASE WHEN size_bytes <= :longest THEN content ELSE '' END AS content
                        FROM knowledge_version
                        WHERE organization_id = :organizationId AND knowledge_id = :entry
                        ORDER BY version""" + (newestFirst ? " DESC" : "") + " LIMIT :limit OFFSET :offset")
                .bind("organizationId", entry.organizationId())
                .bind("entry", entry.id())
                .bind("longest", LONGEST_IN_LIST)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, entry.version(), range);
    }

    private static KnowledgeEntry.Version read(ResultSet row) throws SQLException {
        return new KnowledgeEntry.Version(
                row.getObject("knowledge_id", UUID.class),
                row.getInt("version"),
                text(row),
                row.getBoolean("whole"),
                row.getString("content_hash"),
                row.getInt("size_bytes"),
                row.getObject("restored_from", Integer.class),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static KnowledgeText text(ResultSet row) throws SQLException {
        return new KnowledgeText(
                row.getString("name"),
                row.getString("description"),
                row.getString("content"),
                List.of((String[]) row.getArray("labels").getArray()),
                row.getString("type"),
                new JsonFields(Json.object().set("properties", Json.parse(row.getString("properties"))))
                        .textMap("properties"));
    }
}
