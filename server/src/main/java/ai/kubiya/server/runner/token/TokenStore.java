package ai.kubiya.server.runner.token;

import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of runners' tokens. */
final class TokenStore {
    private static final String COLUMNS =
            "id, runner_id, prefix, purpose, created_by, created_at, expires_at, use_by, last_used_at";
    /** Tokens that are good at {@code :now}. */
    private static final String GOOD = """
            (t.expires_at IS NULL OR t.expires_at > :now)
            AND (t.use_by IS NULL OR t.use_by > :now OR t.last_used_at IS NOT NULL)""";

    /** Keeps a runner from being deleted until the transaction is over; false when it is gone. */
    boolean holdRunner(Transaction transaction, UUID organization, UUID runner) {
        return transaction
                .query("SELECT id FROM runner WHERE organization_id = :organization AND id = :runner FOR KEY SHARE")
                .bind("organization", organization)
                .bind("runner", runner)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    void insert(Transaction transaction, UUID organization, RunnerToken token, NewRunnerToken secret) {
        transaction
                .update("""
                        INSERT INTO runner_token (id, organization_id, runner_id, hash, seed_hash, prefix, purpose,
                                                  created_by, created_at, expires_at, use_by)
                        VALUES (:id, :organization, :runner, :hash, :seedHash, :prefix, :purpose, :createdBy,
                                :createdAt, :expiresAt, :useBy)
                        """)
                .bind("id", token.id())
                .bind("organization", organization)
                .bind("runner", token.runnerId())
                .bind("hash", NewRunnerToken.sha256(secret.text()))
                .bind("seedHash", NewRunnerToken.sha256(secret.seed()))
                .bind("prefix", token.prefix())
                .bind("purpose", token.purpose())
                .bind("createdBy", token.createdBy())
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .bind("useBy", token.useBy())
                .execute();
    }

    /** Whose a token is: nothing but its hash is known yet, so this is the one look across organisations. */
    Optional<RunnerIdentity> find(Transaction transaction, byte[] hash, Instant now, Origin origin) {
        return transaction
                .query("""
                        SELECT t.id, t.organization_id, t.runner_id, r.name
                        FROM runner_token t JOIN runner r ON r.id = t.runner_id
                        WHERE t.hash = :hash AND %s
                        """.formatted(GOOD))
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> new RunnerIdentity(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("runner_id", UUID.class),
                        row.getString("name"),
                        row.getObject("id", UUID.class),
                        origin))
                .findOne();
    }

    /** As {@link #find} by the seed. */
    Optional<RunnerTokens.Owner> findBySeed(Transaction transaction, byte[] hash, Instant youngest, Instant now) {
        return transaction
                .query("""
                        SELECT t.organization_id, t.runner_id FROM runner_token t
                        WHERE t.seed_hash = :hash AND t.created_at > :youngest AND %s
                        """.formatted(GOOD))
                .bind("hash", hash)
                .bind("youngest", youngest)
                .bind("now", now)
                .map((row, context) -> new RunnerTokens.Owner(
                        row.getObject("organization_id", UUID.class), row.getObject("runner_id", UUID.class)))
                .findOne();
    }

    List<RunnerToken> list(Transaction transaction, UUID organization, UUID runner) {
        return transaction
                .query(
                        "SELECT " + COLUMNS
                                + " FROM runner_token WHERE organization_id = :organization AND runner_id = :runner ORDER BY id")
                .bind("organization", organization)
                .bind("runner", runner)
                .map((row, context) -> read(row))
                .list();
    }

    Optional<RunnerToken> findGood(Transaction transaction, UUID organization, UUID runner, UUID id, Instant now) {
        return transaction
                .query("SELECT " + COLUMNS + " FROM runner_token t WHERE organization_id = :organization"
                        + " AND runner_id = :runner AND id = :id AND " + GOOD)
                .bind("organization", organization)
                .bind("runner", runner)
                .bind("id", id)
                .bind("now", now)
                .map((row, context) -> read(row))
                .findOne();
    }

    void deleteVoid(Transaction transaction, UUID organization, UUID runner, Instant now) {
        transaction
                .update("DELETE FROM runner_token t WHERE organization_id = :organization AND runner_id = :runner"
                        + " AND NOT (" + GOOD + ")")
                .bind("organization", organization)
                .bind("runner", runner)
                .bind("now", now)
                .execute();
    }

    void deleteAll(Transaction transaction, UUID organization, UUID runner) {
        transaction
                .update("DELETE FROM runner_token WHERE organization_id = :organization AND runner_id = :runner")
                .bind("organization", organization)
                .bind("runner", runner)
                .execute();
    }

    void expireAll(Transaction transaction, UUID organization, UUID runner, Instant at) {
        transaction
                .update("""
                        UPDATE runner_token SET expires_at = least(expires_at, :at)
                        WHERE organization_id = :organization AND runner_id = :runner
                        """)
                .bind("organization", organization)
                .bind("runner", runner)
                .bind("at", at)
                .execute();
    }

    Optional<RunnerToken> delete(Transaction transaction, UUID organization, UUID runner, UUID id) {
        return transaction
                .query("DELETE FROM runner_token WHERE organization_id = :organization AND runner_id = :runner"
                        + " AND id = :id RETURNING " + COLUMNS)
                .bind("organization", organization)
                .bind("runner", runner)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    void used(Transaction transaction, UUID organization, UUID id, Instant now) {
        transaction
                .update(
                        "UPDATE runner_token SET last_used_at = :now WHERE organization_id = :organization AND id = :id")
                .bind("organization", organization)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    private static RunnerToken read(ResultSet row) throws SQLException {
        return new RunnerToken(
                row.getObject("id", UUID.class),
                row.getObject("runner_id", UUID.class),
                row.getString("prefix"),
                row.getString("purpose"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "use_by"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
