package ai.kubiya.server.knowledge.folder;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.knowledge.Reader;
import ai.kubiya.server.knowledge.Restrictions;
import ai.kubiya.server.knowledge.Visibility;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of folders. They have the columns that {@link Reader} asks for. */
final class FolderStore {
    private static final String SELECT = """
            SELECT e.*, (SELECT count(*) FROM knowledge_file f WHERE f.folder_id = e.id) AS entries,
                   CASE WHEN e.syncing IS NOT NULL THEN 'syncing' WHEN e.failed THEN 'failed' ELSE 'active' END AS status
            FROM knowledge_folder e
            """;

    /** False when the source has this folder already. */
    boolean insert(Transaction transaction, Folder folder, UUID token, Instant until) {
        Restrictions restrictions = folder.restrictions();
        Map<String, Object> values = new HashMap<>();
        values.put("id", folder.id());
        values.put("organizationId", folder.organizationId());
        values.put("source", folder.sourceId());
        values.put("path", folder.path());
        values.put("labels", folder.labels().toArray(String[]::new));
        values.put("visibility", restrictions.visibility().wireName());
        values.put("owner", restrictions.owner());
        values.put("groups", restrictions.groups());
        values.put("agents", restrictions.agents());
        values.put("agentsGroups", restrictions.agentsGroups());
        values.put("caller", folder.caller().toString());
        values.put("token", token);
        values.put("until", until);
        values.put("by", folder.createdBy());
        values.put("now", folder.createdAt());
        return transaction.update("""
                                INSERT INTO knowledge_folder (id, organization_id, source_id, path, labels, visibility, owner_id,
                                                              groups, supported_agents, supported_agents_groups, caller, syncing,
                                                              syncing_until, tried_at, created_by, created_at, updated_at)
                                VALUES (:id, :organizationId, :source, :path, :labels, :visibility, :owner, :groups, :agents,
                                        :agentsGroups, :caller::jsonb, :token, :until, :now, :by, :now, :now)
                                ON CONFLICT DO NOTHING
                                """, values).execute() == 1;
    }

    Optional<Folder> find(Transaction transaction, Reader reader, UUID id) {
        return transaction
                .query(SELECT + " WHERE " + reader.where() + " AND e.id = :id", reader.whereValues())
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Folder> list(Transaction transaction, Reader reader, Page.Range range) {
        return ListQuery.over("knowledge_folder", "e", reader.organizationId())
                .where(reader.condition(), reader.values())
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    /** Takes a folder that nobody syncs; false when somebody does. */
    boolean take(Transaction transaction, UUID organizationId, UUID id, UUID token, Instant now, Instant until) {
        return transaction
                        .update("""
                                UPDATE knowledge_folder SET syncing = :token, syncing_until = :until, tried_at = :now
                                WHERE organization_id = :organizationId AND id = :id
                                  AND (syncing IS NULL OR syncing_until < :now)
                                """)
                        .bind("organizationId", organizationId)
                        .bind("id", id)
                        .bind("token", token)
                        .bind("until", until)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Keeps a folder to the end of the transaction and beyond; false when it is gone or another's. */
    boolean hold(Transaction transaction, UUID organizationId, UUID id, UUID token, Instant until) {
        return transaction
                        .update("""
                                UPDATE knowledge_folder SET syncing_until = :until
                                WHERE organization_id = :organizationId AND id = :id AND syncing = :token
                                """)
                        .bind("organizationId", organizationId)
                        .bind("id", id)
                        .bind("token", token)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /** @param commit null when the sync failed */
    void finish(
            Transaction transaction,
            UUID organizationId,
            UUID id,
            UUID token,
            @Nullable String commit,
            ArrayNode errors,
            ObjectNode lastSync,
            Instant now) {
        transaction
                .update("""
                        UPDATE knowledge_folder
                        SET syncing = NULL, syncing_until = NULL, commit = coalesce(:commit, commit), errors = :errors::jsonb,
                            failed = :failed, last_sync = CASE WHEN :failed THEN last_sync ELSE :lastSync::jsonb END,
                            synced_at = CASE WHEN :failed THEN synced_at ELSE :now END, updated_at = :now,
                            changes = changes + 1
                        WHERE organization_id = :organizationId AND id = :id AND syncing = :token
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("token", token)
                .bind("commit", commit)
                .bind("failed", commit == null)
                .bind("errors", Json.text(errors))
                .bind("lastSync", Json.text(lastSync))
                .bind("now", now)
                .execute();
    }

    void delete(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .update("DELETE FROM knowledge_folder WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    /** The entries of a folder by their files. */
    Map<String, UUID> files(Transaction transaction, UUID organizationId, UUID folder) {
        Map<String, UUID> files = new LinkedHashMap<>();
        transaction
                .query("""
                        SELECT f.path, f.knowledge_id
                        FROM knowledge_file f JOIN knowledge_folder e ON e.id = f.folder_id
                        WHERE e.organization_id = :organizationId AND f.folder_id = :folder ORDER BY f.path
                        """)
                .bind("organizationId", organizationId)
                .bind("folder", folder)
                .map((row, context) -> Map.entry(row.getString("path"), row.getObject("knowledge_id", UUID.class)))
                .forEach(file -> files.put(file.getKey(), file.getValue()));
        return files;
    }

    void addFile(Transaction transaction, UUID folder, String path, UUID entry) {
        transaction
                .update("INSERT INTO knowledge_file (folder_id, path, knowledge_id) VALUES (:folder, :path, :entry)")
                .bind("folder", folder)
                .bind("path", path)
                .bind("entry", entry)
                .execute();
    }

    /** A folder by its organisation. */
    record Outdated(UUID organizationId, UUID id) {}

    /** Folders whose source was synced after anybody last looked at them, or whose sync was given up. */
    List<Outdated> outdated(Transaction transaction, Instant now, int most) {
        return transaction
                .query("""
                        SELECT e.organization_id, e.id FROM knowledge_folder e JOIN source s ON s.id = e.source_id
                        WHERE s.status = 'active' AND s.last_synced_at > e.tried_at AND e.syncing IS NULL
                           OR e.syncing IS NOT NULL AND e.syncing_until < :now
                        ORDER BY e.tried_at LIMIT :most
                        """)
                .bind("now", now)
                .bind("most", most)
                .map((row, context) ->
                        new Outdated(row.getObject("organization_id", UUID.class), row.getObject("id", UUID.class)))
                .list();
    }

    private static Folder read(ResultSet row) throws SQLException {
        OffsetDateTime syncedAt = row.getObject("synced_at", OffsetDateTime.class);
        return new Folder(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("source_id", UUID.class),
                row.getString("path"),
                List.of((String[]) row.getArray("labels").getArray()),
                new Restrictions(
                        Visibility.ofWireName(row.getString("visibility")).orElseThrow(),
                        row.getObject("owner_id", UUID.class),
                        ids(row, "groups"),
                        ids(row, "supported_agents"),
                        ids(row, "supported_agents_groups")),
                Json.parse(row.getString("caller")),
                row.getString("status"),
                row.getString("commit"),
                Json.parse(row.getString("errors")),
                Json.parse(row.getString("last_sync")),
                row.getInt("entries"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                syncedAt == null ? null : syncedAt.toInstant(),
                row.getLong("changes"));
    }

    private static List<UUID> ids(ResultSet row, String column) throws SQLException {
        return List.of((UUID[]) row.getArray(column).getArray());
    }
}
