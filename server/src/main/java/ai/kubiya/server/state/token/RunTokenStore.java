package ai.kubiya.server.state.token;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** SQL of the tokens of runs. */
final class RunTokenStore {
    /** A run makes as many requests as it needs. */
    private static final KeyLimits NO_LIMITS = new KeyLimits(0, 0);

    private static final String SELECT = """
            SELECT t.*, e.created_by AS user_id, u.email, o.name AS organization_name,
                   e.status IN ('queued', 'leased', 'running')
                       AND NOT EXISTS (SELECT FROM project_run_token n
                                       WHERE n.execution_id = t.execution_id AND n.id > t.id) AS live
            FROM project_run_token t
            JOIN execution e ON e.id = t.execution_id
            JOIN app_user u ON u.id = e.created_by
            JOIN organization o ON o.id = t.organization_id
            """;

    /** False when there is no such execution and project in the organisation. */
    boolean insert(
            Transaction transaction,
            UUID id,
            UUID organizationId,
            UUID projectId,
            UUID executionId,
            String hash,
            Instant at) {
        return transaction
                        .update("""
                                INSERT INTO project_run_token (id, organization_id, project_id, execution_id, hash, created_at)
                                SELECT :id, p.organization_id, p.id, e.id, :hash, :at
                                FROM project p JOIN execution e ON e.organization_id = p.organization_id
                                WHERE p.organization_id = :organizationId AND p.id = :projectId AND e.id = :executionId
                                """)
                        .bind("id", id)
                        .bind("organizationId", organizationId)
                        .bind("projectId", projectId)
                        .bind("executionId", executionId)
                        .bind("hash", hash)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    /** Whoever's it is: this is how it is found out whose. */
    Optional<RunToken> findByHash(Transaction transaction, String hash, Origin origin) {
        return transaction
                .query(SELECT + "WHERE t.hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> read(row, origin))
                .findOne();
    }

    Optional<RunToken> find(Transaction transaction, UUID organizationId, UUID id, Origin origin) {
        return transaction
                .query(SELECT + "WHERE t.organization_id = :organizationId AND t.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row, origin))
                .findOne();
    }

    /** Those of every organisation whose executions ended before a time. */
    int forget(Transaction transaction, Instant before) {
        return transaction.update("""
                        DELETE FROM project_run_token t USING execution e
                        WHERE e.id = t.execution_id AND e.finished_at < :before
                        """).bind("before", before).execute();
    }

    private static RunToken read(ResultSet row, Origin origin) throws SQLException {
        UUID execution = row.getObject("execution_id", UUID.class);
        Caller caller = new Caller(
                row.getObject("organization_id", UUID.class),
                row.getString("organization_name"),
                row.getObject("user_id", UUID.class),
                row.getString("email"),
                row.getObject("id", UUID.class),
                "execution " + execution,
                Set.of(Scope.PROJECTS_READ, Scope.PROJECTS_WRITE),
                Set.of(),
                NO_LIMITS,
                origin);
        return new RunToken(row.getObject("project_id", UUID.class), execution, caller, row.getBoolean("live"));
    }
}
