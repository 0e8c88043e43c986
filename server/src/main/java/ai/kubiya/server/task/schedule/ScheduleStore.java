package ai.kubiya.server.task.schedule;

import ai.kubiya.server.db.Columns;
import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of schedules. */
final class ScheduleStore {

    void insert(Transaction transaction, Schedule schedule) {
        transaction
                .update("""
                        INSERT INTO schedule (id, organization_id, name, task, caller, created_by, creator_email, cron, at,
                                              time_zone, missed, status, next_fire_at, extra, created_at, updated_at)
                        VALUES (:id, :organizationId, :name, :task::jsonb, :caller::jsonb, :createdBy, :email, :cron, :at,
                                :zone, :missed, :status, :next, :extra::jsonb, :createdAt, :createdAt)
                        """)
                .bind("id", schedule.id())
                .bind("organizationId", schedule.organizationId())
                .bind("name", schedule.name())
                .bind("task", Json.text(schedule.task()))
                .bind("caller", Json.text(schedule.caller()))
                .bind("createdBy", schedule.createdBy())
                .bind("email", schedule.creatorEmail())
                .bind("cron", schedule.rule().cron())
                .bind("at", schedule.rule().at())
                .bind("zone", schedule.rule().zone().getId())
                .bind("missed", schedule.rule().missed().wireName())
                .bind("status", schedule.status().wireName())
                .bind("next", schedule.nextFireAt())
                .bind("extra", Json.text(schedule.extra()))
                .bind("createdAt", schedule.createdAt())
                .execute();
    }

    Optional<Schedule> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("SELECT * FROM schedule WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Only for what the server does by itself; the row stays as it is until the transaction ends. */
    Optional<Schedule> lock(Transaction transaction, UUID id) {
        return transaction
                .query("SELECT * FROM schedule WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Schedule> list(
            Transaction transaction, UUID organizationId, Schedule.@Nullable Status status, Page.Range range) {
        return ListQuery.over("schedule", "s", organizationId)
                .where("s.status = :status", "status", status == null ? null : status.wireName())
                .page(transaction, "SELECT s.* FROM schedule s", range, (row, context) -> read(row));
    }

    void update(Transaction transaction, Schedule schedule) {
        transaction
                .update("""
                        UPDATE schedule
                        SET name = :name, task = :task::jsonb, caller = :caller::jsonb, created_by = :createdBy,
                            creator_email = :email, cron = :cron, at = :at, time_zone = :zone, missed = :missed,
                            status = :status, next_fire_at = :next, updated_at = :updatedAt, version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("id", schedule.id())
                .bind("organizationId", schedule.organizationId())
                .bind("name", schedule.name())
                .bind("task", Json.text(schedule.task()))
                .bind("caller", Json.text(schedule.caller()))
                .bind("createdBy", schedule.createdBy())
                .bind("email", schedule.creatorEmail())
                .bind("cron", schedule.rule().cron())
                .bind("at", schedule.rule().at())
                .bind("zone", schedule.rule().zone().getId())
                .bind("missed", schedule.rule().missed().wireName())
                .bind("status", schedule.status().wireName())
                .bind("next", schedule.nextFireAt())
                .bind("updatedAt", schedule.updatedAt())
                .execute();
    }

    /** It is active, paused or completed from now on. */
    void setStatus(Transaction transaction, UUID id, Schedule.Status status, @Nullable Instant next, Instant at) {
        transaction
                .update("""
                        UPDATE schedule SET status = :status, next_fire_at = :next, updated_at = :at,
                               version = version + 1
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("status", status.wireName())
                .bind("next", next)
                .bind("at", at)
                .execute();
    }

    void fired(Transaction transaction, UUID id, Instant time) {
        transaction
                .update("UPDATE schedule SET last_fire_at = :time WHERE id = :id")
                .bind("id", id)
                .bind("time", time)
                .execute();
    }

    void delete(Transaction transaction, Schedule schedule) {
        transaction
                .update("DELETE FROM schedule WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", schedule.organizationId())
                .bind("id", schedule.id())
                .execute();
    }

    private static Schedule read(ResultSet row) throws SQLException {
        ScheduleRule rule = new ScheduleRule(
                row.getString("cron"),
                Columns.instant(row, "at"),
                ZoneId.of(row.getString("time_zone")),
                ScheduleRule.Missed.valueOf(row.getString("missed").toUpperCase(Locale.ROOT)));
        return new Schedule(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("name"),
                Json.parseObject(row.getString("task")),
                rule,
                Schedule.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Json.parseObject(row.getString("caller")),
                row.getObject("created_by", UUID.class),
                row.getString("creator_email"),
                Columns.instant(row, "next_fire_at"),
                Columns.instant(row, "last_fire_at"),
                Json.parseObject(row.getString("extra")),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
