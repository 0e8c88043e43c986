package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** SQL of the queues of remote runners. Names of runners are an organisation's own. */
final class RemoteLeaseStore {

    /**
     * Takes up to as many queued executions of a remote runner as there are tokens.
     *
     * @param until end of the leases unless they are begun
     */
    List<LeasedExecution> leaseSome(
            Transaction transaction, Kind kind, Lessee lessee, List<UUID> tokens, Instant until) {
        return transaction
                .query("""
                        WITH picked AS (SELECT id, row_number() OVER (ORDER BY id) AS number
                                      FROM (SELECT id FROM execution
                                            WHERE organization_id = :organization AND runner = :runner
                                              AND status = 'queued' AND runner <> 'local' AND kind = :kind
                                            ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED) queued)
                        UPDATE execution e
                        SET status = 'leased', lease_owner = :owner, lease_token = (CAST(:tokens AS uuid[]))[picked.number],
                            lease_until = :until, lease_events = 0, attempt = e.attempt + 1
                        FROM picked WHERE e.id = picked.id
                        RETURNING e.*
                        """)
                .bind("organization", lessee.organizationId())
                .bind("runner", lessee.runner())
                .bind("kind", kind.wireName())
                .bind("most", tokens.size())
                .bind("owner", lessee.owner())
                .bindArray("tokens", UUID.class, tokens.toArray())
                .bind("until", until)
                .map((row, context) -> leased(row))
                .list();
    }

    /** What was handed out under these tokens and has not ended. */
    List<LeasedExecution> leasedUnder(Transaction transaction, Lessee lessee, List<UUID> tokens) {
        return transaction
                .query("""
                        SELECT * FROM execution
                        WHERE organization_id = :organization AND runner = :runner AND runner <> 'local'
                          AND status IN ('leased', 'running') AND lease_token = ANY (:tokens)
                        """)
                .bind("organization", lessee.organizationId())
                .bind("runner", lessee.runner())
                .bindArray("tokens", UUID.class, tokens.toArray())
                .map((row, context) -> leased(row))
                .list();
    }

    Optional<LeasedExecution> held(Transaction transaction, HeldWork held) {
        return transaction
                .query("""
                        SELECT * FROM execution
                        WHERE id = :id AND lease_token = :token AND organization_id = :organization
                        """)
                .bind("id", held.execution())
                .bind("token", held.token())
                .bind("organization", held.organizationId())
                .map((row, context) -> leased(row))
                .findOne();
    }

    private static LeasedExecution leased(ResultSet row) throws SQLException {
        return new LeasedExecution(ExecutionStore.read(row), row.getObject("lease_token", UUID.class));
    }

    /** Notes that work begins; empty when the lease is not this holder's any more, else whether it is to be cancelled. */
    Optional<Boolean> begin(Transaction transaction, HeldWork held, Instant now, Instant until) {
        return transaction
                .query("""
                        UPDATE execution
                        SET status = 'running', started_at = coalesce(started_at, :now), lease_until = :until
                        WHERE id = :id AND lease_token = :token AND organization_id = :organization
                        RETURNING cancel_requested_at IS NOT NULL
                        """)
                .bind("id", held.execution())
                .bind("token", held.token())
                .bind("organization", held.organizationId())
                .bind("now", now)
                .bind("until", until)
                .mapTo(Boolean.class)
                .findOne();
    }

    /**
     * Prolongs leases of a remote runner.
     *
     * @param unbegun for those of which nothing was begun
     * @return of those that are this holder's, whether they are to be cancelled
     */
    Map<UUID, Boolean> prolong(
            Transaction transaction, UUID organization, Map<UUID, UUID> tokens, Instant unbegun, Instant until) {
        Map<UUID, Boolean> held = new HashMap<>();
        transaction
                .query("""
                        UPDATE execution e
                        SET lease_until = CASE WHEN e.status = 'leased' THEN CAST(:unbegun AS timestamptz)
                                               ELSE CAST(:until AS timestamptz) END
                        FROM unnest(CAST(:ids AS uuid[]), CAST(:tokens AS uuid[])) AS mine (id, token)
                        WHERE e.id = mine.id AND e.lease_token = mine.token AND e.organization_id = :organization
                        RETURNING e.id, e.cancel_requested_at IS NOT NULL AS cancelled
                        """)
                .bind("organization", organization)
                .bindArray("ids", UUID.class, tokens.keySet().toArray())
                .bindArray("tokens", UUID.class, tokens.values().toArray())
                .bind("unbegun", unbegun)
                .bind("until", until)
                .map((row, context) -> held.put(row.getObject("id", UUID.class), row.getBoolean("cancelled")))
                .list();
        return held;
    }

    /** How much each runner has to do; counting ends at a thousand. */
    Map<String, Integer> load(Transaction transaction, UUID organization, List<String> runners) {
        Map<String, Integer> load = new HashMap<>();
        transaction
                .query("""
                        SELECT name, (SELECT count(*) FROM (SELECT FROM execution
                                                            WHERE organization_id = :organization AND runner = name
                                                              AND runner <> 'local'
                                                              AND status IN ('queued', 'leased', 'running')
                                                            LIMIT 1000) counted) AS runs
                        FROM unnest(CAST(:runners AS text[])) AS name
                        """)
                .bind("organization", organization)
                .bindArray("runners", String.class, runners.toArray())
                .map((row, context) -> load.put(row.getString("name"), row.getInt("runs")))
                .list();
        return load;
    }

    int inWork(Transaction transaction, UUID organization, String runner) {
        return transaction
                .query("""
                        SELECT count(*) FROM execution
                        WHERE organization_id = :organization AND runner = :runner AND runner <> 'local'
                          AND status IN ('leased', 'running')
                        """)
                .bind("organization", organization)
                .bind("runner", runner)
                .mapTo(Integer.class)
                .one();
    }

    /** A queued run that another runner may have as well. */
    record Waiting(UUID id, String wanted) {}

    /** Queued runs whose runner was chosen for them; locked for this transaction. */
    List<Waiting> waiting(Transaction transaction, UUID organization, String runner) {
        return transaction
                .query("""
                        SELECT id, runner_wanted FROM execution
                        WHERE organization_id = :organization AND runner = :runner AND runner <> 'local'
                          AND status = 'queued' AND runner_wanted IS NOT NULL
                        ORDER BY id LIMIT 200 FOR UPDATE SKIP LOCKED
                        """)
                .bind("organization", organization)
                .bind("runner", runner)
                .map((row, context) -> new Waiting(row.getObject("id", UUID.class), row.getString("runner_wanted")))
                .list();
    }

    void move(Transaction transaction, UUID organization, UUID id, String runner) {
        transaction
                .update("UPDATE execution SET runner = :runner WHERE organization_id = :organization AND id = :id")
                .bind("organization", organization)
                .bind("id", id)
                .bind("runner", runner)
                .execute();
    }

    /** What a remote runner has begun; locked for this transaction. */
    List<UUID> running(Transaction transaction, UUID organization, String runner) {
        return transaction
                .query("""
                        SELECT id FROM execution
                        WHERE organization_id = :organization AND runner = :runner AND runner <> 'local'
                          AND status = 'running'
                        ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED
                        """)
                .bind("organization", organization)
                .bind("runner", runner)
                .mapTo(UUID.class)
                .list();
    }

    /** What is not over of a remote runner's; locked for this transaction. */
    List<Execution> ofRunner(Transaction transaction, UUID organization, String runner) {
        return transaction
                .query("""
                        SELECT * FROM execution
                        WHERE organization_id = :organization AND runner = :runner AND runner <> 'local'
                          AND status IN ('queued', 'leased', 'running')
                        ORDER BY id FOR UPDATE
                        """)
                .bind("organization", organization)
                .bind("runner", runner)
                .map((row, context) -> ExecutionStore.read(row))
                .list();
    }
}
