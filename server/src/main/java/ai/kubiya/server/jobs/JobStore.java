package ai.kubiya.server.jobs;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQL of jobs. The library hands jobs out, keeps them alive and finds those whose server died. Setting a timer and ending
 * a job are statements of our own: the first belongs to the transaction of a change, and the second must not lose a wish
 * to be done again that came in between.
 */
final class JobStore {
    private static final String TABLE = "job";

    SchedulerBuilder scheduler(Database database, List<Task<?>> tasks) {
        return Scheduler.create(database.pool(), tasks).tableName(TABLE);
    }

    void schedule(Transaction transaction, String kind, String id, Instant at) {
        transaction.update("""
                        INSERT INTO job AS j (task_name, task_instance, execution_time, picked, consecutive_failures, version)
                        VALUES (:kind, :id, :at, false, 0, 1)
                        ON CONFLICT (task_name, task_instance) DO UPDATE
                        SET execution_time = CASE WHEN j.picked THEN j.execution_time ELSE excluded.execution_time END,
                            again_at = CASE WHEN j.picked THEN excluded.execution_time END,
                            consecutive_failures = CASE WHEN j.picked THEN j.consecutive_failures ELSE 0 END
                        """).bind("kind", kind).bind("id", id).bind("at", at).execute();
    }

    /** As {@link #schedule}, unless it is to be done earlier anyway. */
    void scheduleNoLaterThan(Transaction transaction, String kind, String id, Instant at) {
        transaction.update("""
                        INSERT INTO job AS j (task_name, task_instance, execution_time, picked, consecutive_failures, version)
                        VALUES (:kind, :id, :at, false, 0, 1)
                        ON CONFLICT (task_name, task_instance) DO UPDATE SET execution_time = excluded.execution_time
                        WHERE NOT j.picked AND j.execution_time > excluded.execution_time
                        """).bind("kind", kind).bind("id", id).bind("at", at).execute();
    }

    void cancel(Transaction transaction, String kind, String id) {
        transaction.update("""
                        DELETE FROM job WHERE task_name = :kind AND task_instance = :id AND NOT picked
                        """).bind("kind", kind).bind("id", id).execute();
        transaction.update("""
                        UPDATE job SET again_at = NULL WHERE task_name = :kind AND task_instance = :id
                        """).bind("kind", kind).bind("id", id).execute();
    }

    /** Ends a job that was done well: it goes, or waits for its next time. */
    void done(Transaction transaction, Execution execution, @Nullable Instant next, Instant now) {
        if (next == null) {
            int gone = transaction
                    .update("""
                            DELETE FROM job
                            WHERE task_name = :kind AND task_instance = :id AND version = :version AND again_at IS NULL
                            """)
                    .bind("kind", execution.getTaskName())
                    .bind("id", execution.getId())
                    .bind("version", execution.version)
                    .execute();
            if (gone == 1) {
                return;
            }
        }
        putBack(transaction, execution, next, 0, "last_success", now);
    }

    /** Ends an attempt that went wrong. */
    void failed(Transaction transaction, Execution execution, Instant next, Instant now) {
        putBack(transaction, execution, next, execution.consecutiveFailures + 1, "last_failure", now);
    }

    private static void putBack(
            Transaction transaction,
            Execution execution,
            @Nullable Instant next,
            int failures,
            String when,
            Instant now) {
        transaction
                .update("""
                        UPDATE job
                        SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1,
                            execution_time = coalesce(again_at, :next::timestamptz, :now), again_at = NULL,
                            consecutive_failures = :failures, <when> = :now
                        WHERE task_name = :kind AND task_instance = :id AND version = :version
                        """.replace("<when>", when))
                .bind("kind", execution.getTaskName())
                .bind("id", execution.getId())
                .bind("version", execution.version)
                .bind("next", next)
                .bind("failures", failures)
                .bind("now", now)
                .execute();
    }

    /** What an earlier process of this installation had in hand. */
    int putBackOwn(Transaction transaction, String node) {
        return transaction.update("""
                        UPDATE job SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1
                        WHERE picked AND picked_by = :node
                        """).bind("node", node).execute();
    }

    /** The next time after this one at which there is something to do. */
    Optional<Instant> nextAfter(Transaction transaction, Instant now) {
        return transaction
                .query("SELECT min(execution_time) FROM job WHERE NOT picked AND execution_time > :now")
                .bind("now", now)
                .mapTo(Instant.class)
                .findOne();
    }
}
