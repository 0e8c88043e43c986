package ai.kubiya.server.state;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** SQL of states, their versions and locks. */
final class StateStore {
    private static final String SELECT_STATE = """
            SELECT s.last, s.lock_id, s.lock_info, s.locked_by, s.lock_execution, s.locked_at, v.*,
                   s.lock_execution IS NULL OR e.status IN ('queued', 'leased', 'running') AS lock_counts
            FROM project_state s
            LEFT JOIN execution e ON e.id = s.lock_execution
            LEFT JOIN project_state_version v ON v.project_id = s.project_id AND v.number = s.current
            WHERE s.organization_id = :organizationId AND s.project_id = :projectId
            """;

    /** The state with the version that is current. */
    Optional<StateRow> find(Transaction transaction, UUID organizationId, UUID projectId) {
        return transaction
                .query(SELECT_STATE)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .map((row, context) ->
                        new StateRow(row.getObject("id") == null ? null : version(row), row.getLong("last"), held(row)))
                .findOne();
    }

    /**
     * The state, which nobody else changes until the transaction ends; it is there from the first time on.
     *
     * @return empty when there is no such project
     */
    Optional<StateRow> lock(Transaction transaction, UUID organizationId, UUID projectId) {
        transaction
                .update("""
                        INSERT INTO project_state (project_id, organization_id)
                        SELECT id, organization_id FROM project
                        WHERE organization_id = :organizationId AND id = :projectId
                        ON CONFLICT (project_id) DO NOTHING
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .execute();
        transaction
                .query("""
                        SELECT project_id FROM project_state
                        WHERE organization_id = :organizationId AND project_id = :projectId
                        FOR UPDATE
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .mapTo(UUID.class)
                .findOne();
        // By a statement of its own: what it joins, a statement sees as it was before it waited for the row.
        return find(transaction, organizationId, projectId);
    }

    private static @Nullable HeldLock held(ResultSet row) throws SQLException {
        String id = row.getString("lock_id");
        return id == null || !row.getBoolean("lock_counts")
                ? null
                : new HeldLock(
                        id,
                        row.getString("lock_info"),
                        row.getString("locked_by"),
                        row.getObject("lock_execution", UUID.class),
                        row.getObject("locked_at", OffsetDateTime.class).toInstant());
    }

    void setLock(Transaction transaction, UUID organizationId, UUID projectId, @Nullable HeldLock lock) {
        transaction
                .update("""
                        UPDATE project_state SET lock_id = :id, lock_info = :info, locked_by = :by,
                               lock_execution = :execution, locked_at = :at
                        WHERE organization_id = :organizationId AND project_id = :projectId
                        """)
                .bind("id", lock == null ? null : lock.id())
                .bind("info", lock == null ? null : lock.info())
                .bind("by", lock == null ? null : lock.by())
                .bind("execution", lock == null ? null : lock.execution())
                .bind("at", lock == null ? null : lock.at())
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .execute();
    }

    /** Adds a version and makes it current. */
    void insert(Transaction transaction, StateVersion version) {
        transaction
                .update("""
                        INSERT INTO project_state_version (
                            id, organization_id, project_id, number, serial, lineage, terraform_version, size_bytes, md5,
                            sha256, stored_bytes, pieces, resource_count, output_count, restored_from, execution_id,
                            created_by, created_at)
                        VALUES (:id, :organizationId, :projectId, :number, :serial, :lineage, :terraformVersion, :size,
                                :md5, :sha256, :storedBytes, :pieces, :resources, :outputs, :restoredFrom, :executionId,
                                :createdBy, :createdAt)
                        """)
                .bind("id", version.id())
                .bind("organizationId", version.organizationId())
                .bind("projectId", version.projectId())
                .bind("number", version.number())
                .bind("serial", version.serial())
                .bind("lineage", version.lineage())
                .bind("terraformVersion", version.terraformVersion())
                .bind("size", version.size())
                .bind("md5", version.md5())
                .bind("sha256", version.sha256())
                .bind("storedBytes", version.storedBytes())
                .bind("pieces", version.pieces())
                .bind("resources", version.resources())
                .bind("outputs", version.outputs())
                .bind("restoredFrom", version.restoredFrom())
                .bind("executionId", version.executionId())
                .bind("createdBy", version.createdBy())
                .bind("createdAt", version.createdAt())
                .execute();
        transaction
                .update("""
                        UPDATE project_state SET current = :number, last = :number
                        WHERE organization_id = :organizationId AND project_id = :projectId
                        """)
                .bind("number", version.number())
                .bind("organizationId", version.organizationId())
                .bind("projectId", version.projectId())
                .execute();
    }

    /** From now on there is no current version. */
    void clear(Transaction transaction, UUID organizationId, UUID projectId) {
        transaction
                .update("""
                        UPDATE project_state SET current = NULL
                        WHERE organization_id = :organizationId AND project_id = :projectId
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .execute();
    }

    Optional<StateVersion> version(Transaction transaction, UUID organizationId, UUID projectId, long number) {
        return transaction
                .query("""
                        SELECT * FROM project_state_version
                        WHERE organization_id = :organizationId AND project_id = :projectId AND number = :number
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .bind("number", number)
                .map((row, context) -> version(row))
                .findOne();
    }

    Page<StateVersion> versions(Transaction transaction, UUID organizationId, UUID projectId, Page.Range range) {
        return ListQuery.over("project_state_version", "v", organizationId)
                .where("v.project_id = :projectId", "projectId", projectId)
                .orderedBy("v.number DESC")
                .page(transaction, "SELECT v.* FROM project_state_version v", range, (row, context) -> version(row));
    }

    /** The highest serial that versions of a lineage have. */
    long highestSerial(Transaction transaction, UUID organizationId, UUID projectId, String lineage) {
        return transaction
                .query("""
                        SELECT coalesce(max(serial), 0) FROM project_state_version
                        WHERE organization_id = :organizationId AND project_id = :projectId AND lineage = :lineage
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .bind("lineage", lineage)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Forgets versions that lie beyond both bounds, never the current one nor the newest.
     *
     * @param projectId null = of all projects of all organisations
     * @param keep the newest so many stay
     * @param before what was written later stays
     * @return how many went; as many as the limit when there may be more
     */
    int forget(Transaction transaction, @Nullable UUID projectId, long keep, Instant before, int limit) {
        Update delete = transaction.update("""
                        DELETE FROM project_state_content WHERE id IN (
                            SELECT v.id FROM project_state_version v JOIN project_state s ON s.project_id = v.project_id
                            WHERE %s v.created_at < :before AND v.number <= s.last - :keep
                              AND v.number <> s.last AND v.number IS DISTINCT FROM s.current
                            LIMIT :limit)
                        """.formatted(projectId == null ? "" : "v.project_id = :projectId AND"));
        if (projectId != null) {
            delete.bind("projectId", projectId);
        }
        return delete.bind("keep", keep)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }

    private static StateVersion version(ResultSet row) throws SQLException {
        return new StateVersion(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("project_id", UUID.class),
                row.getLong("number"),
                row.getLong("serial"),
                row.getString("lineage"),
                row.getString("terraform_version"),
                row.getLong("size_bytes"),
                row.getString("md5"),
                row.getString("sha256"),
                row.getLong("stored_bytes"),
                row.getInt("pieces"),
                row.getInt("resource_count"),
                row.getInt("output_count"),
                row.getObject("restored_from", Long.class),
                row.getObject("execution_id", UUID.class),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
