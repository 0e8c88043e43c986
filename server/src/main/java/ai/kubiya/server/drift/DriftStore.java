package ai.kubiya.server.drift;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of drift. */
final class DriftStore {
    /**
     * A project whose schedule is another than the one that is kept here.
     *
     * @param schedule the new one; empty = never
     */
    record Rescheduled(UUID organizationId, UUID projectId, String schedule) {}

    /** A project to be looked at. */
    record Due(UUID organizationId, String organization, UUID projectId, String schedule) {}

    List<Rescheduled> rescheduled(Transaction transaction, int limit) {
        return transaction
                .query("""
                        SELECT p.organization_id, p.id, p.drift_schedule
                        FROM project p LEFT JOIN project_drift d ON d.project_id = p.id
                        WHERE (p.drift_schedule <> '' OR d.project_id IS NOT NULL)
                          AND p.drift_schedule <> coalesce(d.schedule, '')
                        LIMIT :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> new Rescheduled(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getString("drift_schedule")))
                .list();
    }

    void setSchedule(Transaction transaction, Rescheduled project, @Nullable Instant nextAt) {
        ensure(transaction, project.organizationId(), project.projectId());
        transaction
                .update("""
                        UPDATE project_drift SET schedule = :schedule, next_at = :nextAt
                        WHERE organization_id = :organizationId AND project_id = :projectId
                        """)
                .bind("schedule", project.schedule())
                .bind("nextAt", nextAt)
                .bind("organizationId", project.organizationId())
                .bind("projectId", project.projectId())
                .execute();
    }

    private static void ensure(Transaction transaction, UUID organizationId, UUID projectId) {
        transaction
                .update("""
                        INSERT INTO project_drift (project_id, organization_id, schedule, status, message, resources,
                                                   outputs, told)
                        SELECT id, organization_id, '', 'unknown', '', '[]', '[]', '' FROM project
                        WHERE organization_id = :organizationId AND id = :projectId
                        ON CONFLICT (project_id) DO NOTHING
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .execute();
    }

    /** The next project that is due, which is this transaction's until it ends; of whichever organisation. */
    Optional<Due> nextDue(Transaction transaction, Instant now) {
        return transaction
                .query("""
                        SELECT d.organization_id, o.name AS organization, d.project_id, d.schedule
                        FROM project_drift d JOIN organization o ON o.id = d.organization_id
                        WHERE d.next_at <= :now ORDER BY d.next_at LIMIT 1
                        FOR UPDATE OF d SKIP LOCKED
                        """)
                .bind("now", now)
                .map((row, context) -> new Due(
                        row.getObject("organization_id", UUID.class),
                        row.getString("organization"),
                        row.getObject("project_id", UUID.class),
                        row.getString("schedule")))
                .findOne();
    }

    void setNext(Transaction transaction, UUID organizationId, UUID projectId, @Nullable Instant nextAt) {
        transaction
                .update("""
                        UPDATE project_drift SET next_at = :nextAt
                        WHERE organization_id = :organizationId AND project_id = :projectId
                        """)
                .bind("nextAt", nextAt)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .execute();
    }

    Optional<DriftReport> find(Transaction transaction, UUID organizationId, UUID projectId) {
        return transaction
                .query(
                        "SELECT * FROM project_drift WHERE organization_id = :organizationId AND project_id = :projectId")
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .map((row, context) -> read(row))
                .findOne();
    }

    /**
     * Writes down what was found, unless a later run has done so.
     *
     * @return what was told of last; empty when nothing was written
     */
    Optional<String> report(Transaction transaction, DriftReport report) {
        ensure(transaction, report.organizationId(), report.projectId());
        return transaction
                .query("""
                        UPDATE project_drift SET status = :status, run_id = :run, message = :message,
                               resources = :resources::jsonb, outputs = :outputs::jsonb, checked_at = :checkedAt
                        WHERE organization_id = :organizationId AND project_id = :projectId
                          AND (run_id IS NULL OR :run IS NULL OR run_id <= :run)
                        RETURNING told
                        """)
                .bind("status", report.status().wireName())
                .bindByType("run", report.run(), UUID.class)
                .bind("message", report.message())
                .bind("resources", report.resources().toString())
                .bind("outputs", report.outputs().toString())
                .bind("checkedAt", report.checkedAt())
                .bind("organizationId", report.organizationId())
                .bind("projectId", report.projectId())
                .mapTo(String.class)
                .findOne();
    }

    void setTold(Transaction transaction, DriftReport report, String told) {
        transaction
                .update("""
                        UPDATE project_drift SET told = :told
                        WHERE organization_id = :organizationId AND project_id = :projectId
                        """)
                .bind("told", told)
                .bind("organizationId", report.organizationId())
                .bind("projectId", report.projectId())
                .execute();
    }

    private static DriftReport read(ResultSet row) throws SQLException {
        return new DriftReport(
                row.getObject("project_id", UUID.class),
                row.getObject("organization_id", UUID.class),
                instant(row, "next_at"),
                DriftStatus.ofWireName(row.getString("status")),
                row.getObject("run_id", UUID.class),
                row.getString("message"),
                (ArrayNode) Json.parse(row.getString("resources")),
                (ArrayNode) Json.parse(row.getString("outputs")),
                instant(row, "checked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
