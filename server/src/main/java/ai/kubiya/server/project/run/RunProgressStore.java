package ai.kubiya.server.project.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.run.plan.PlanResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** SQL of how runs go on. Every change names the status that it goes on from, so that of two at once one is nothing. */
final class RunProgressStore {
    /** Locks a project, so that its queue moves once at a time; false when there is none. */
    boolean lockProject(Transaction transaction, UUID organizationId, UUID projectId) {
        return transaction
                .query("SELECT id FROM project WHERE organization_id = :organizationId AND id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("id", projectId)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /**
     * The run whose turn it is; empty when one is at work, or none waits. What is approved goes first: another apply before
     * it would make its plan void.
     */
    Optional<UUID> next(Transaction transaction, UUID organizationId, UUID projectId) {
        return transaction
                .query("""
                        SELECT id FROM project_run
                        WHERE organization_id = :organizationId AND project_id = :projectId
                          AND status IN ('pending', 'approved')
                          AND NOT EXISTS (SELECT FROM project_run w
                                          WHERE w.project_id = :projectId AND w.status IN ('running', 'applying'))
                        ORDER BY status = 'pending', coalesce(approved_at, created_at), id LIMIT 1
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .mapTo(UUID.class)
                .findOne();
    }

    int waiting(Transaction transaction, UUID organizationId, UUID projectId) {
        return transaction
                .query("""
                        SELECT count(*) FROM project_run
                        WHERE organization_id = :organizationId AND project_id = :projectId
                          AND status IN ('pending', 'approved')
                        """)
                .bind("organizationId", organizationId)
                .bind("projectId", projectId)
                .mapTo(Integer.class)
                .one();
    }

    void beginPlan(Transaction transaction, ProjectRun run, UUID execution, Instant at) {
        change(transaction, run, "status = 'running', plan_execution = :execution, started_at = :at")
                .bind("execution", execution)
                .bind("at", at)
                .execute();
    }

    void beginApply(Transaction transaction, ProjectRun run, UUID execution) {
        change(transaction, run, "status = 'applying', apply_execution = :execution")
                .bind("execution", execution)
                .execute();
    }

    boolean approve(Transaction transaction, ProjectRun run, Caller by, String name, Instant at) {
        return change(transaction, run, """
                        status = 'approved', approver = :approver::jsonb, approved_by = :by, approved_at = :at,
                        finished_at = NULL
                        """)
                        .bind("approver", Json.text(StoredCaller.withUser(by)))
                        .bind("by", name)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    boolean reject(Transaction transaction, ProjectRun run, String by, Instant at) {
        return change(transaction, run, """
                        status = 'rejected', rejected_by = :by, rejected_at = :at, finished_at = :at, plan_file = NULL
                        """).bind("by", by).bind("at", at).execute() == 1;
    }

    boolean cancel(Transaction transaction, ProjectRun run, @Nullable String by, @Nullable String why, Instant at) {
        return change(transaction, run, """
                        status = 'cancelled', cancelled_by = :by, error_code = 'cancelled', error_message = :why,
                        finished_at = :at, plan_file = NULL
                        """)
                        .bind("by", by)
                        .bind("why", why)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    boolean fail(Transaction transaction, ProjectRun run, String code, String message, Instant at) {
        return change(transaction, run, """
                        status = 'failed', error_code = :code, error_message = :message, finished_at = :at,
                        plan_file = NULL
                        """)
                        .bind("code", code)
                        .bind("message", message)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    boolean apply(Transaction transaction, ProjectRun run, Instant at) {
        boolean applied = change(transaction, run, "status = 'applied', finished_at = :at, plan_file = NULL")
                        .bind("at", at)
                        .execute()
                == 1;
        // The state is another one now, so all other plans are void.
        transaction
                .update("""
                        UPDATE project_run SET plan_file = NULL
                        WHERE organization_id = :organizationId AND project_id = :projectId AND id <> :id
                          AND status IN ('planned', 'awaiting_approval') AND plan_file IS NOT NULL
                        """)
                .bind("organizationId", run.organizationId())
                .bind("projectId", run.projectId())
                .bind("id", run.id())
                .execute();
        return applied;
    }

    /** The code that is planned, known before the plan is. */
    void setCode(Transaction transaction, ProjectRun run, String branch, String commit, long inputsVersion) {
        change(transaction, run, "branch = :branch, commit = :commit, inputs_version = :inputsVersion")
                .bind("branch", branch)
                .bind("commit", commit)
                .bind("inputsVersion", inputsVersion)
                .execute();
    }

    boolean plan(Transaction transaction, ProjectRun run, PlanResult plan, RunStatus status, Instant at) {
        return change(transaction, run, """
                        status = :status, state_serial = :serial, state_lineage = :lineage,
                        terraform_version = :version, summary = :summary, changes = :changes::jsonb,
                        drift = :drift::jsonb, add_count = :adds, change_count = :changeCount,
                        destroy_count = :destroys, plan_document = :document, plan_file = :file, planned_at = :at,
                        finished_at = :finished
                        """)
                        .bind("status", status.wireName())
                        .bind("serial", plan.stateSerial())
                        .bind("lineage", plan.stateLineage())
                        .bind("version", plan.terraformVersion())
                        .bind("summary", plan.said().summary())
                        .bind("changes", Json.text(plan.said().changes()))
                        .bind("drift", Json.text(plan.said().drift()))
                        .bind("adds", plan.said().adds())
                        .bind("changeCount", plan.said().updates())
                        .bind("destroys", plan.said().destroys())
                        .bind("document", plan.document())
                        .bind("file", plan.file())
                        .bind("at", at)
                        .bind("finished", status == RunStatus.AWAITING_APPROVAL ? null : at)
                        .execute()
                == 1;
    }

    private static Update change(Transaction transaction, ProjectRun run, String columns) {
        return transaction
                .update("UPDATE project_run SET " + columns
                        + " WHERE organization_id = :organizationId AND id = :id AND status = :before")
                .bind("organizationId", run.organizationId())
                .bind("id", run.id())
                .bind("before", run.status().wireName());
    }

    /** Makes the project's own status follow its runs; plans that are only to be looked at are none of its business. */
    void updateProject(Transaction transaction, UUID organizationId, UUID projectId) {
        transaction
                .update("""
                        UPDATE project SET status = (
                            SELECT CASE
                                WHEN bool_or(r.status IN ('running', 'applying')) THEN 'running'
                                WHEN (array_agg(r.status ORDER BY r.finished_at DESC)
                                        FILTER (WHERE r.finished_at IS NOT NULL AND r.status <> 'cancelled'))[1]
                                     = 'failed' THEN 'failed'
                                WHEN (array_agg(r.mode ORDER BY r.finished_at DESC) FILTER (WHERE r.status = 'applied'))[1]
                                     = 'destroy' THEN 'destroyed'
                                WHEN bool_or(r.status = 'applied') THEN 'active'
                                ELSE 'pending' END
                            FROM project_run r WHERE r.project_id = project.id AND NOT r.speculative)
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", organizationId)
                .bind("id", projectId)
                .execute();
    }

    /** Runs of all organisations whose execution ended without them: it was cancelled, or the process that had it died. */
    List<ProjectRun> stranded(Transaction transaction) {
        return transaction.query("""
                        SELECT r.* FROM project_run r
                        JOIN execution e ON e.id = coalesce(r.apply_execution, r.plan_execution)
                        WHERE r.status IN ('running', 'applying')
                          AND e.status IN ('completed', 'failed', 'cancelled', 'lost')
                        ORDER BY r.id LIMIT 100 FOR UPDATE OF r SKIP LOCKED
                        """).map((row, context) -> RunStore.read(row)).list();
    }

    /** A project of some organisation. */
    record Place(UUID organizationId, UUID projectId) {}

    /** Projects of all organisations in which a run waits although none is at work. */
    List<Place> idle(Transaction transaction) {
        return transaction
                .query("""
                        SELECT DISTINCT r.organization_id, r.project_id FROM project_run r
                        WHERE r.status IN ('pending', 'approved')
                          AND NOT EXISTS (SELECT FROM project_run w
                                          WHERE w.project_id = r.project_id AND w.status IN ('running', 'applying'))
                        LIMIT 100
                        """)
                .map((row, context) -> new Place(
                        row.getObject("organization_id", UUID.class), row.getObject("project_id", UUID.class)))
                .list();
    }
}
