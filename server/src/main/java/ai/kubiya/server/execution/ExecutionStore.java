package ai.kubiya.server.execution;

import ai.kubiya.server.db.Columns;
import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** SQL of executions and their events, for those who ask. */
final class ExecutionStore {

    /**
     * What a list may be narrowed to; null = all.
     *
     * @param reader who may not see what ran in others' conversations with these agents
     */
    record Filter(
            @Nullable Kind kind,
            @Nullable Status status,
            @Nullable String subject,
            @Nullable UUID reader,
            List<UUID> closedAgents) {}

    Execution insert(Transaction transaction, UUID id, UUID organizationId, UUID user, NewExecution input, Instant at) {
        return transaction
                .query("""
                        INSERT INTO execution (id, organization_id, kind, subject, runner, runner_wanted, spec, status,
                                               session_id, parent_id, task_id, created_by, created_at)
                        VALUES (:id, :organizationId, :kind, :subject, :runner, :runnerWanted, :spec::jsonb, :status,
                                :sessionId, :parentId, :taskId, :createdBy, :createdAt)
                        RETURNING *
                        """)
                .bind("id", id)
                .bind("organizationId", organizationId)
                .bind("kind", input.kind().wireName())
                .bind("subject", input.subject())
                .bind("runner", input.runner())
                .bind("runnerWanted", input.runnerWanted())
                .bind("spec", Json.text(input.spec()))
                .bind("status", input.cause().waits() ? "waiting" : "queued")
                .bind("sessionId", input.sessionId())
                .bind("parentId", input.cause().parentId())
                .bind("taskId", input.cause().taskId())
                .bind("createdBy", user)
                .bind("createdAt", at)
                .map((row, context) -> read(row))
                .one();
    }

    Optional<Execution> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("SELECT * FROM execution WHERE id = :id AND organization_id = :organizationId")
                .bind("id", id)
                .bind("organizationId", organizationId)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Execution> list(Transaction transaction, UUID organizationId, Filter filter, Page.Range range) {
        return ListQuery.over("execution", "e", organizationId)
                .where(
                        "e.kind = :kind",
                        "kind",
                        filter.kind() == null ? null : filter.kind().wireName())
                .where(
                        "e.status = :status",
                        "status",
                        filter.status() == null ? null : filter.status().wireName())
                .where("e.subject = :subject", "subject", filter.subject())
                .where("""
                        (e.session_id IS NULL OR e.created_by = :reader
                         OR EXISTS (SELECT FROM session s
                                    WHERE s.id = e.session_id
                                      AND (s.user_id = :reader
                                           OR (NOT s.several_agents AND s.agent_id IS NOT NULL
                                               AND s.agent_id <> ALL (:closed)))))
                        """, "reader", filter.reader())
                .with("closed", filter.closedAgents())
                .newestFirst()
                .page(transaction, "SELECT e.* FROM execution e", range, (row, context) -> read(row));
    }

    List<ExecutionEvent> events(Transaction transaction, UUID id, long after, int limit) {
        return transaction
                .query("""
                        SELECT seq, at, type, data FROM execution_event
                        WHERE execution_id = :id AND seq > :after ORDER BY seq LIMIT :limit
                        """)
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    /** The last events of a type, newest first. */
    List<ExecutionEvent> lastEvents(Transaction transaction, UUID id, String type, int limit) {
        return transaction
                .query("""
                        SELECT seq, at, type, data FROM execution_event
                        WHERE execution_id = :id AND type = :type ORDER BY seq DESC LIMIT :limit
                        """)
                .bind("id", id)
                .bind("type", type)
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    private static ExecutionEvent event(ResultSet row) throws SQLException {
        return new ExecutionEvent(
                row.getLong("seq"),
                Columns.time(row, "at"),
                row.getString("type"),
                Json.parseObject(row.getString("data")));
    }

    /** Attempts of a task, the first one first. */
    List<Execution> ofTask(Transaction transaction, UUID organizationId, UUID task) {
        return transaction
                .query("""
                        SELECT * FROM execution WHERE organization_id = :organizationId AND task_id = :task ORDER BY id
                        """)
                .bind("organizationId", organizationId)
                .bind("task", task)
                .map((row, context) -> read(row))
                .list();
    }

    /** Asks for a cancellation; a queued execution is left for the caller to end. */
    Optional<Execution> requestCancel(Transaction transaction, UUID organizationId, UUID id, String by, Instant at) {
        return transaction
                .query("""
                        UPDATE execution
                        SET cancel_requested_at = coalesce(cancel_requested_at, :at),
                            cancelled_by = coalesce(cancelled_by, :by)
                        WHERE id = :id AND organization_id = :organizationId
                          AND status IN ('waiting', 'queued', 'leased', 'running')
                        RETURNING *
                        """)
                .bind("id", id)
                .bind("organizationId", organizationId)
                .bind("by", by)
                .bind("at", at)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Ends an execution that no worker holds. Empty when a worker took it in between. */
    Optional<Execution> endUnheld(Transaction transaction, UUID id, Ending ending, Instant at) {
        return transaction
                .query("""
                        UPDATE execution SET status = :status, finished_at = :at,
                               error_code = :errorCode, error_message = :errorMessage
                        WHERE id = :id AND status IN ('waiting', 'queued')
                        RETURNING *
                        """)
                .bind("id", id)
                .bind("status", ending.status().wireName())
                .bind("errorCode", ending.errorCode())
                .bind("errorMessage", ending.errorMessage())
                .bind("at", at)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Locks an execution and, before it, those that it was started by: everybody does so from the first one down. */
    void lockWithAncestors(Transaction transaction, UUID id) {
        transaction.query("""
                        WITH RECURSIVE line AS (
                            SELECT id, parent_id FROM execution WHERE id = :id
                            UNION ALL
                            SELECT e.id, e.parent_id FROM execution e JOIN line ON e.id = line.parent_id)
                        SELECT e.id FROM execution e JOIN line USING (id) ORDER BY e.id FOR UPDATE OF e
                        """).bind("id", id).mapTo(UUID.class).list();
    }

    /** Puts what waits into the queue. */
    Optional<Execution> queueWaiting(Transaction transaction, UUID id) {
        return transaction
                .query("""
                        UPDATE execution SET status = 'queued' WHERE id = :id AND status = 'waiting' RETURNING *
                        """)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Execution> unfinishedChildren(Transaction transaction, UUID id) {
        return transaction
                .query("""
                        SELECT * FROM execution
                        WHERE parent_id = :id AND status IN ('waiting', 'queued', 'leased', 'running') ORDER BY id
                        """)
                .bind("id", id)
                .map((row, context) -> read(row))
                .list();
    }

    /** Appends events to an execution whose row the caller has locked, without a lease. */
    void appendEvents(Transaction transaction, UUID id, List<NewEvent> events) {
        long last = transaction
                .query("UPDATE execution SET last_seq = last_seq + :count WHERE id = :id RETURNING last_seq")
                .bind("id", id)
                .bind("count", events.size())
                .mapTo(Long.class)
                .one();
        insertEvents(transaction, id, last - events.size() + 1, events);
    }

    void insertEvents(Transaction transaction, UUID id, long firstSeq, List<NewEvent> events) {
        PreparedBatch batch = transaction.handle().prepareBatch("""
                INSERT INTO execution_event (execution_id, seq, at, type, data)
                VALUES (:id, :seq, :at, :type, :data::jsonb)
                """);
        long seq = firstSeq;
        for (NewEvent event : events) {
            batch.bind("id", id)
                    .bind("seq", seq++)
                    .bind("at", event.at())
                    .bind("type", event.type())
                    .bind("data", Json.text(event.data()))
                    .add();
        }
        batch.execute();
    }

    static Execution read(ResultSet row) throws SQLException {
        return new Execution(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                Kind.ofWireName(row.getString("kind")),
                row.getString("subject"),
                row.getString("runner"),
                Json.parseObject(row.getString("spec")),
                Status.ofWireName(row.getString("status")),
                row.getInt("attempt"),
                Columns.instant(row, "cancel_requested_at"),
                row.getString("cancelled_by"),
                row.getObject("session_id", UUID.class),
                row.getObject("created_by", UUID.class),
                Columns.time(row, "created_at"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"),
                row.getObject("exit_code", Integer.class),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getObject("duration_ms", Long.class),
                row.getLong("output_bytes"),
                row.getLong("dropped_bytes"),
                row.getLong("last_seq"),
                row.getObject("parent_id", UUID.class),
                row.getObject("task_id", UUID.class));
    }
}
