package ai.kubiya.server.project.run;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of runs: what is there, and new ones. */
final class RunStore {
    /** Without the columns that can be large. */
    private static final String SELECT = """
            SELECT r.id, r.organization_id, r.project_id, r.kind, r.mode, r.trigger, r.message, r.status, r.targets,
                   r.replaces, r.speculative, r.auto_apply, r.revision, r.branch, r.commit, r.inputs_version,
                   r.state_serial, r.state_lineage, r.terraform_version, r.summary, r.add_count, r.change_count,
                   r.destroy_count, r.plan_execution, r.apply_execution, r.error_code, r.error_message, r.creator,
                   r.approver, r.approved_by, r.approved_at, r.rejected_by, r.rejected_at, r.cancelled_by, r.created_at,
                   r.started_at, r.planned_at, r.finished_at
            FROM project_run r\s""";

    void insert(
            Transaction transaction,
            UUID id,
            UUID projectId,
            long inputsVersion,
            NewRun run,
            Caller creator,
            Instant at) {
        transaction
                .update("""
                        INSERT INTO project_run (id, organization_id, project_id, kind, mode, trigger, message, status,
                            targets, replaces, speculative, auto_apply, revision, branch, commit, inputs_version,
                            terraform_version, summary, changes, drift, creator, created_by, created_at)
                        VALUES (:id, :organizationId, :projectId, :kind, :mode, :trigger, :message, 'pending',
                            :targets::jsonb, :replaces::jsonb, :speculative, :autoApply, :revision, '', '',
                            :inputsVersion, '', '', '[]', '[]', :creator::jsonb, :by, :at)
                        """)
                .bind("id", id)
                .bind("organizationId", creator.organizationId())
                .bind("projectId", projectId)
                .bind("kind", run.kind().wireName())
                .bind("mode", run.mode().name().toLowerCase(Locale.ROOT))
                .bind("trigger", run.trigger())
                .bind("message", run.message())
                .bind("targets", Json.text(run.targets()))
                .bind("replaces", Json.text(run.replaces()))
                .bind("speculative", run.speculative())
                .bind("autoApply", run.autoApply())
                .bind("revision", run.revision())
                .bind("inputsVersion", inputsVersion)
                .bind("creator", Json.text(StoredCaller.withUser(creator)))
                .bind("by", creator.email())
                .bind("at", at)
                .execute();
    }

    Optional<ProjectRun> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE r.organization_id = :organizationId AND r.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The run that an execution belongs to. */
    Optional<ProjectRun> findByExecution(Transaction transaction, UUID organizationId, UUID execution) {
        return transaction
                .query(SELECT + """
                        WHERE r.organization_id = :organizationId
                          AND (r.plan_execution = :execution OR r.apply_execution = :execution)
                        """)
                .bind("organizationId", organizationId)
                .bind("execution", execution)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<ProjectRun> list(
            Transaction transaction,
            UUID organizationId,
            @Nullable UUID projectId,
            @Nullable RunStatus status,
            Page.Range range) {
        return ListQuery.over("project_run", "r", organizationId)
                .where("r.project_id = :projectId", "projectId", projectId)
                .where("r.status = :status", "status", status == null ? null : status.wireName())
                .newestFirst()
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    /** The newest run of each of these projects that anybody asked for to be applied or approved. */
    List<ProjectRun> last(Transaction transaction, UUID organizationId, List<UUID> projects) {
        return transaction
                .query(SELECT + """
                        JOIN LATERAL (SELECT l.id FROM project_run l WHERE l.project_id = r.project_id
                                      ORDER BY l.id DESC LIMIT 1) newest ON newest.id = r.id
                        WHERE r.organization_id = :organizationId AND r.project_id = ANY (:projects)
                        """)
                .bind("organizationId", organizationId)
                .bindArray("projects", UUID.class, projects.toArray())
                .map((row, context) -> read(row))
                .list();
    }

    /** The newest run of a project that stands like this. */
    Optional<ProjectRun> newest(
            Transaction transaction, UUID organizationId, UUID projectId, List<RunStatus> statuses) {
        return transaction
                .query(SELECT + """
                        WHERE r.organization_id = :organizationId AND r.project_id = :projectId
                          AND NOT r.speculative AND r.status = ANY (:statuses)
                        ORDER BY r.id DESC LIMIT 1
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .bindArray(
                        "statuses",
                        String.class,
                        statuses.stream().map(RunStatus::wireName).toArray())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** What a plan says. */
    ProjectRun.Findings found(Transaction transaction, ProjectRun run) {
        return transaction
                .query("SELECT changes, drift FROM project_run WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", run.organizationId())
                .bind("id", run.id())
                .map((row, context) -> new ProjectRun.Findings(
                        Json.parse(row.getString("changes")), Json.parse(row.getString("drift"))))
                .one();
    }

    Optional<byte[]> document(Transaction transaction, ProjectRun run) {
        return sealed(transaction, run, "plan_document");
    }

    Optional<byte[]> planFile(Transaction transaction, ProjectRun run) {
        return sealed(transaction, run, "plan_file");
    }

    private static Optional<byte[]> sealed(Transaction transaction, ProjectRun run, String column) {
        return transaction
                .query("SELECT " + column + " AS content FROM project_run WHERE organization_id = :organizationId"
                        + " AND id = :id AND " + column + " IS NOT NULL")
                .bind("organizationId", run.organizationId())
                .bind("id", run.id())
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    static ProjectRun read(ResultSet row) throws SQLException {
        UUID organization = row.getObject("organization_id", UUID.class);
        return new ProjectRun(
                row.getObject("id", UUID.class),
                organization,
                row.getObject("project_id", UUID.class),
                asked(row),
                RunStatus.ofWireName(row.getString("status")),
                row.getString("branch"),
                row.getString("commit"),
                row.getLong("inputs_version"),
                row.getObject("state_serial", Long.class),
                row.getString("state_lineage"),
                row.getString("terraform_version"),
                row.getString("summary"),
                row.getInt("add_count"),
                row.getInt("change_count"),
                row.getInt("destroy_count"),
                row.getObject("plan_execution", UUID.class),
                row.getObject("apply_execution", UUID.class),
                row.getString("error_code"),
                row.getString("error_message"),
                caller(row.getString("creator"), organization),
                row.getString("approver") == null ? null : caller(row.getString("approver"), organization),
                row.getString("approved_by"),
                time(row, "approved_at"),
                row.getString("rejected_by"),
                time(row, "rejected_at"),
                row.getString("cancelled_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "started_at"),
                time(row, "planned_at"),
                time(row, "finished_at"));
    }

    private static NewRun asked(ResultSet row) throws SQLException {
        return new NewRun(
                RunKind.ofWireName(row.getString("kind")),
                Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                row.getString("trigger"),
                row.getString("message"),
                row.getString("revision"),
                row.getBoolean("speculative"),
                row.getBoolean("auto_apply"),
                texts(row.getString("targets")),
                texts(row.getString("replaces")));
    }

    private static List<String> texts(String json) {
        return Json.parse(json).valueStream().map(JsonNode::asText).toList();
    }

    private static Caller caller(String json, UUID organization) {
        return StoredCaller.withUser(organization, Json.parse(json));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
