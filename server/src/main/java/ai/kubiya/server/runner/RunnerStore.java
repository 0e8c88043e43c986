package ai.kubiya.server.runner;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of runners. */
final class RunnerStore {
    private static final String SELECT = "SELECT * FROM runner WHERE organization_id = :organization ";

    /** False when the name is taken. */
    boolean insert(Transaction transaction, Runner runner) {
        RunnerDefinition definition = runner.definition();
        return transaction
                        .update("""
                                INSERT INTO runner (id, organization_id, name, description, type, labels, concurrency,
                                                    namespace, metadata, managed_by, task_id, created_by, updated_by,
                                                    created_at, updated_at)
                                VALUES (:id, :organization, :name, :description, :type, :labels, :concurrency,
                                        :namespace, :metadata::jsonb, :managedBy, :taskId, :createdBy, :updatedBy,
                                        :createdAt, :updatedAt)
                                ON CONFLICT (organization_id, name) DO NOTHING
                                """)
                        .bind("id", runner.id())
                        .bind("organization", runner.organizationId())
                        .bind("name", definition.name())
                        .bind("description", definition.description())
                        .bind("type", definition.type())
                        .bindArray("labels", String.class, definition.labels().toArray())
                        .bind("concurrency", definition.concurrency())
                        .bind("namespace", definition.namespace())
                        .bind("metadata", Json.text(definition.metadata()))
                        .bind("managedBy", definition.managedBy())
                        .bind("taskId", definition.taskId())
                        .bind("createdBy", runner.createdBy())
                        .bind("updatedBy", runner.updatedBy())
                        .bind("createdAt", runner.createdAt())
                        .bind("updatedAt", runner.updatedAt())
                        .execute()
                == 1;
    }

    void update(Transaction transaction, Runner before, RunnerDefinition definition, String by, Instant at) {
        transaction
                .update("""
                        UPDATE runner SET description = :description, type = :type, labels = :labels,
                               concurrency = :concurrency, namespace = :namespace, metadata = :metadata::jsonb,
                               managed_by = :managedBy, task_id = :taskId, updated_by = :by, updated_at = :at,
                               version = version + 1
                        WHERE organization_id = :organization AND id = :id
                        """)
                .bind("organization", before.organizationId())
                .bind("id", before.id())
                .bind("description", definition.description())
                .bind("type", definition.type())
                .bindArray("labels", String.class, definition.labels().toArray())
                .bind("concurrency", definition.concurrency())
                .bind("namespace", definition.namespace())
                .bind("metadata", Json.text(definition.metadata()))
                .bind("managedBy", definition.managedBy())
                .bind("taskId", definition.taskId())
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    void setDraining(Transaction transaction, Runner runner, boolean draining) {
        transaction
                .update("UPDATE runner SET draining = :draining WHERE organization_id = :organization AND id = :id")
                .bind("organization", runner.organizationId())
                .bind("id", runner.id())
                .bind("draining", draining)
                .execute();
    }

    void setRestartWanted(Transaction transaction, Runner runner, Instant at) {
        transaction
                .update("UPDATE runner SET restart_wanted_at = :at WHERE organization_id = :organization AND id = :id")
                .bind("organization", runner.organizationId())
                .bind("id", runner.id())
                .bind("at", at)
                .execute();
    }

    void delete(Transaction transaction, Runner runner) {
        transaction
                .update("DELETE FROM runner WHERE organization_id = :organization AND id = :id")
                .bind("organization", runner.organizationId())
                .bind("id", runner.id())
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID organization, UUID id) {
        transaction
                .query("SELECT id FROM runner WHERE organization_id = :organization AND id = :id FOR UPDATE")
                .bind("organization", organization)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Runner> find(Transaction transaction, UUID organization, UUID id) {
        return transaction
                .query(SELECT + "AND id = :id")
                .bind("organization", organization)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<Runner> findByName(Transaction transaction, UUID organization, String name) {
        return transaction
                .query(SELECT + "AND name = :name")
                .bind("organization", organization)
                .bind("name", name)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Those that were heard of lately, as far as subscribers were told. */
    List<Runner> online(Transaction transaction, UUID organization) {
        return transaction
                .query(SELECT + "AND online ORDER BY name LIMIT 1000")
                .bind("organization", organization)
                .map((row, context) -> read(row))
                .list();
    }

    List<String> names(Transaction transaction, UUID organization, int most) {
        return transaction
                .query("SELECT name FROM runner WHERE organization_id = :organization ORDER BY name LIMIT :most")
                .bind("organization", organization)
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** Runners of all organisations that take no work while runs wait for them that others might take. */
    List<Runner> withMovableRuns(Transaction transaction) {
        return transaction.query("""
                        SELECT r.* FROM runner r
                        WHERE (r.draining OR NOT r.online)
                          AND EXISTS (SELECT FROM execution e
                                      WHERE e.organization_id = r.organization_id AND e.runner = r.name
                                        AND e.runner <> 'local' AND e.status = 'queued' AND e.runner_wanted IS NOT NULL)
                        LIMIT 20
                        """).map((row, context) -> read(row)).list();
    }

    /** Runners of all organisations that were last heard of before, while runs wait for them. */
    List<Runner> withForgottenRuns(Transaction transaction, Instant before) {
        return transaction
                .query("""
                        SELECT r.* FROM runner r
                        WHERE NOT r.online AND r.last_seen_at < :before
                          AND EXISTS (SELECT FROM execution e
                                      WHERE e.organization_id = r.organization_id AND e.runner = r.name
                                        AND e.runner <> 'local' AND e.status = 'queued')
                        LIMIT 20
                        """)
                .bind("before", before)
                .map((row, context) -> read(row))
                .list();
    }

    /**
     * A runner that is no more.
     *
     * @param organization whose it was
     */
    record Gone(UUID organization, String name) {}

    /** Runners of all organisations that are no more, while runs wait for them. Servers' own queues have a colon. */
    List<Gone> goneWithRuns(Transaction transaction) {
        return transaction
                .query("""
                        SELECT DISTINCT e.organization_id, e.runner FROM execution e
                        WHERE e.status = 'queued' AND e.kind IN ('tool', 'terraform')
                          AND e.runner <> 'local' AND position(':' IN e.runner) = 0
                          AND NOT EXISTS (SELECT FROM runner r
                                          WHERE r.organization_id = e.organization_id AND r.name = e.runner)
                        LIMIT 20
                        """)
                .map((row, context) -> new Gone(row.getObject("organization_id", UUID.class), row.getString("runner")))
                .list();
    }

    Page<Runner> list(Transaction transaction, UUID organization, Page.Range range) {
        return ListQuery.over("runner", "r", organization)
                .orderedBy("r.name")
                .page(transaction, "SELECT r.* FROM runner r", range, (row, context) -> read(row));
    }

    private static Runner read(ResultSet row) throws SQLException {
        return new Runner(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                new RunnerDefinition(
                        row.getString("name"),
                        row.getString("description"),
                        row.getString("type"),
                        List.of((String[]) row.getArray("labels").getArray()),
                        row.getObject("concurrency", Integer.class),
                        row.getString("namespace"),
                        Json.parseObject(row.getString("metadata")),
                        row.getString("managed_by"),
                        row.getString("task_id")),
                row.getBoolean("draining"),
                instant(row, "last_seen_at"),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
