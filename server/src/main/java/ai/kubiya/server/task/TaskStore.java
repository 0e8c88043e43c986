package ai.kubiya.server.task;

import ai.kubiya.server.db.Columns;
import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of tasks. */
final class TaskStore {

    /**
     * What a list may be narrowed to, and its order; null = all.
     *
     * @param order a column and its direction
     */
    record Filter(
            @Nullable TaskStatus status,
            @Nullable UUID agent,
            @Nullable String runner,
            @Nullable UUID schedule,
            @Nullable String order) {}

    /** False when its schedule has one for this time already. */
    boolean insert(Transaction transaction, Task task) {
        return transaction
                        .update("""
                                INSERT INTO task (id, organization_id, name, definition, caller, created_by,
                                                  creator_email, agent_id, runner, status, not_before, schedule_id,
                                                  scheduled_for, created_at, updated_at)
                                VALUES (:id, :organizationId, :name, :definition::jsonb, :caller::jsonb, :createdBy,
                                        :email, :agentId, :runner, 'pending', :notBefore, :scheduleId,
                                        :scheduledFor, :createdAt, :createdAt)
                                ON CONFLICT (schedule_id, scheduled_for) DO NOTHING
                                """)
                        .bind("id", task.id())
                        .bind("organizationId", task.organizationId())
                        .bind("name", task.definition().name())
                        .bind("definition", Json.text(task.definition().toJson()))
                        .bind("caller", Json.text(task.caller()))
                        .bind("createdBy", task.createdBy())
                        .bind("email", task.creatorEmail())
                        .bind("agentId", task.agentId())
                        .bind("runner", task.definition().runner())
                        .bind("notBefore", task.notBefore())
                        .bind("scheduleId", task.scheduleId())
                        .bind("scheduledFor", task.scheduledFor())
                        .bind("createdAt", task.createdAt())
                        .execute()
                == 1;
    }

    Optional<Task> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("SELECT * FROM task WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Only for what the server does by itself; the row stays as it is until the transaction ends. */
    Optional<Task> lock(Transaction transaction, UUID id) {
        return transaction
                .query("SELECT * FROM task WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<Task> ofSchedule(Transaction transaction, UUID organizationId, UUID schedule, Instant scheduledFor) {
        return transaction
                .query("""
                        SELECT * FROM task
                        WHERE organization_id = :organizationId AND schedule_id = :schedule
                          AND scheduled_for = :scheduledFor
                        """)
                .bind("organizationId", organizationId)
                .bind("schedule", schedule)
                .bind("scheduledFor", scheduledFor)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Task> list(Transaction transaction, UUID organizationId, Filter filter, Page.Range range) {
        ListQuery query = ListQuery.over("task", "t", organizationId)
                .where(
                        "t.status = :status",
                        "status",
                        filter.status() == null ? null : filter.status().wireName())
                .where("t.agent_id = :agent", "agent", filter.agent())
                .where("t.runner = :runner", "runner", filter.runner())
                .where("t.schedule_id = :schedule", "schedule", filter.schedule());
        if (filter.order() == null) {
            query.newestFirst();
        } else {
            query.orderedBy("t." + filter.order() + ", t.id DESC");
        }
        return query.page(transaction, "SELECT t.* FROM task t", range, (row, context) -> read(row));
    }

    void update(Transaction transaction, Task task, TaskDefinition definition, @Nullable UUID agentId, Instant at) {
        transaction
                .update("""
                        UPDATE task SET name = :name, definition = :definition::jsonb, agent_id = :agentId,
                               runner = :runner, updated_at = :at, version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", task.organizationId())
                .bind("id", task.id())
                .bind("name", definition.name())
                .bind("definition", Json.text(definition.toJson()))
                .bind("agentId", agentId)
                .bind("runner", definition.runner())
                .bind("at", at)
                .execute();
    }

    void delete(Transaction transaction, Task task) {
        transaction
                .update("DELETE FROM task WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", task.organizationId())
                .bind("id", task.id())
                .execute();
    }

    /** An attempt is queued, or waits. */
    void begin(Transaction transaction, UUID id, UUID execution, Instant at) {
        transaction
                .update("""
                        UPDATE task SET execution_id = :execution, attempt = attempt + 1, not_before = NULL,
                               updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("execution", execution)
                .bind("at", at)
                .execute();
    }

    /** An attempt could not be begun. */
    void refuse(Transaction transaction, UUID id) {
        transaction
                .update("UPDATE task SET execution_id = NULL, attempt = attempt + 1 WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** What an attempt brought that failed. */
    void keepOutput(Transaction transaction, UUID id, String output) {
        transaction
                .update("UPDATE task SET output = :output WHERE id = :id")
                .bind("id", id)
                .bind("output", output)
                .execute();
    }

    /** The attempt runs. */
    boolean run(Transaction transaction, UUID id, UUID execution, Instant at) {
        return transaction
                        .update("""
                                UPDATE task SET status = 'running', started_at = coalesce(started_at, :at),
                                       updated_at = :at, version = version + 1
                                WHERE id = :id AND execution_id = :execution AND status = 'pending'
                                """)
                        .bind("id", id)
                        .bind("execution", execution)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    /** Another attempt is due later. */
    void postpone(Transaction transaction, UUID id, String error, Instant notBefore, Instant at) {
        transaction
                .update("""
                        UPDATE task SET status = 'pending', error = :error, not_before = :notBefore,
                               updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("error", error)
                .bind("notBefore", notBefore)
                .bind("at", at)
                .execute();
    }

    void end(
            Transaction transaction,
            UUID id,
            TaskStatus status,
            @Nullable String output,
            @Nullable String error,
            Instant at) {
        transaction
                .update("""
                        UPDATE task SET status = :status, output = coalesce(:output, output), error = :error, not_before = NULL,
                               completed_at = :at, updated_at = :at, version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("status", status.wireName())
                .bind("output", output)
                .bind("error", error)
                .bind("at", at)
                .execute();
    }

    void cancel(Transaction transaction, UUID id, String by, Instant at) {
        transaction.update("""
                        UPDATE task SET status = 'cancelled', not_before = NULL, cancelled_by = :by,
                               cancelled_at = :at, completed_at = :at, updated_at = :at, version = version + 1
                        WHERE id = :id
                        """).bind("id", id).bind("by", by).bind("at", at).execute();
    }

    void miss(Transaction transaction, UUID id, String why, Instant at) {
        transaction.update("""
                        UPDATE task SET status = 'cancelled', not_before = NULL, error = :why, cancelled_at = :at,
                               completed_at = :at, updated_at = :at, version = version + 1
                        WHERE id = :id
                        """).bind("id", id).bind("why", why).bind("at", at).execute();
    }

    /** Those of a schedule that have not been begun. */
    void deletePending(Transaction transaction, UUID organizationId, UUID schedule) {
        transaction
                .update("""
                        DELETE FROM task
                        WHERE organization_id = :organizationId AND schedule_id = :schedule
                          AND status = 'pending' AND attempt = 0
                        """)
                .bind("organizationId", organizationId)
                .bind("schedule", schedule)
                .execute();
    }

    private static Task read(ResultSet row) throws SQLException {
        return new Task(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                TaskDefinition.stored(Json.parseObject(row.getString("definition"))),
                Json.parseObject(row.getString("caller")),
                row.getObject("created_by", UUID.class),
                row.getString("creator_email"),
                row.getObject("agent_id", UUID.class),
                TaskStatus.ofWireName(row.getString("status")),
                row.getInt("attempt"),
                row.getObject("execution_id", UUID.class),
                Columns.instant(row, "not_before"),
                row.getObject("schedule_id", UUID.class),
                Columns.instant(row, "scheduled_for"),
                row.getString("output"),
                row.getString("error"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "completed_at"),
                Columns.instant(row, "cancelled_at"),
                row.getString("cancelled_by"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
