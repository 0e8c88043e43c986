package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.gitops.event.GitHost;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** SQL of hooks. */
final class GitHookStore {
    private static final String SELECT = """
            SELECT h.*, u.email AS owner FROM gitops_hook h JOIN app_user u ON u.id = h.owner_id
            """;

    /** What is sealed of a hook; null where there is nothing, or nothing any more. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(byte @Nullable [] token, byte @Nullable [] secret, byte @Nullable [] apiToken) {}

    /** False when the name is taken. */
    boolean insert(Transaction transaction, GitHook hook, String tokenHash, Sealed sealed) {
        Update insert = transaction.update("""
                        INSERT INTO gitops_hook (id, organization_id, name, provider, repository_url, enabled, token_hash,
                                                 token, secret, api_url, api_token, owner_id, created_by, updated_by,
                                                 created_at, updated_at)
                        VALUES (:id, :organizationId, :name, :provider, :repositoryUrl, :enabled, :tokenHash, :token,
                                :secret, :apiUrl, :apiToken, :ownerId, :createdBy, :updatedBy, :createdAt, :updatedAt)
                        ON CONFLICT (organization_id, name) DO NOTHING
                        """);
        return described(insert, hook)
                        .bind("tokenHash", tokenHash)
                        .bind("token", sealed.token())
                        .bind("secret", sealed.secret())
                        .bind("apiToken", sealed.apiToken())
                        .bind("createdBy", hook.createdBy())
                        .bind("createdAt", hook.createdAt())
                        .execute()
                == 1;
    }

    void update(Transaction transaction, GitHook hook, Sealed sealed) {
        Update update = transaction.update("""
                        UPDATE gitops_hook SET name = :name, provider = :provider, repository_url = :repositoryUrl,
                               enabled = :enabled, secret = :secret, api_url = :apiUrl, api_token = :apiToken,
                               owner_id = :ownerId, updated_by = :updatedBy, updated_at = :updatedAt,
                               version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """);
        described(update, hook)
                .bind("secret", sealed.secret())
                .bind("apiToken", sealed.apiToken())
                .execute();
    }

    private static Update described(Update statement, GitHook hook) {
        GitHookDefinition definition = hook.definition();
        return statement
                .bind("id", hook.id())
                .bind("organizationId", hook.organizationId())
                .bind("name", definition.name())
                .bind("provider", definition.provider().wireName())
                .bind("repositoryUrl", definition.repositoryUrl())
                .bind("enabled", definition.enabled())
                .bind("apiUrl", definition.apiUrl())
                .bind("ownerId", hook.ownerId())
                .bind("updatedBy", hook.updatedBy())
                .bind("updatedAt", hook.updatedAt());
    }

    void setToken(Transaction transaction, GitHook hook, String tokenHash, byte[] token, byte[] secret) {
        transaction
                .update("""
                        UPDATE gitops_hook SET token_hash = :tokenHash, token = :token, secret = :secret,
                               updated_at = :updatedAt, version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("tokenHash", tokenHash)
                .bind("token", token)
                .bind("secret", secret)
                .bind("updatedAt", hook.updatedAt())
                .bind("organizationId", hook.organizationId())
                .bind("id", hook.id())
                .execute();
    }

    void delete(Transaction transaction, GitHook hook) {
        transaction
                .update("DELETE FROM gitops_hook WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", hook.organizationId())
                .bind("id", hook.id())
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .query("SELECT id FROM gitops_hook WHERE organization_id = :organizationId AND id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<GitHook> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE h.organization_id = :organizationId AND h.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<GitHook> findByName(Transaction transaction, UUID organizationId, String name) {
        return transaction
                .query(SELECT + "WHERE h.organization_id = :organizationId AND h.name = :name")
                .bind("organizationId", organizationId)
                .bind("name", name)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Of whatever organisation: the token says which. */
    Optional<GitHook> findByToken(Transaction transaction, String tokenHash) {
        return transaction
                .query(SELECT + "WHERE h.token_hash = :tokenHash")
                .bind("tokenHash", tokenHash)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<GitHook> list(Transaction transaction, UUID organizationId, Page.Range range) {
        long total = transaction
                .query("SELECT count(*) FROM gitops_hook WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
        List<GitHook> rows = transaction
                .query(SELECT + "WHERE h.organization_id = :organizationId ORDER BY h.name LIMIT :limit OFFSET :offset")
                .bind("organizationId", organizationId)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, total, range);
    }

    Sealed sealed(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("""
                        SELECT token, secret, api_token FROM gitops_hook
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) ->
                        new Sealed(row.getBytes("token"), row.getBytes("secret"), row.getBytes("api_token")))
                .findOne()
                .orElseGet(() -> new Sealed(null, null, null));
    }

    /** Counts an event; answers how many there were in this minute. */
    int count(Transaction transaction, UUID organizationId, UUID id, long minute) {
        return transaction
                .query("""
                        UPDATE gitops_hook
                        SET minute = :minute, minute_count = CASE WHEN minute = :minute THEN minute_count + 1 ELSE 1 END
                        WHERE organization_id = :organizationId AND id = :id
                        RETURNING minute_count
                        """)
                .bind("minute", minute)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    String organizationName(Transaction transaction, UUID organizationId) {
        return transaction
                .query("SELECT name FROM organization WHERE id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(String.class)
                .one();
    }

    private static GitHook read(ResultSet row) throws SQLException {
        GitHookDefinition definition = new GitHookDefinition(
                row.getString("name"),
                GitHost.ofWireName(row.getString("provider")).orElseThrow(),
                row.getString("repository_url"),
                row.getBoolean("enabled"),
                row.getString("api_url"),
                null,
                null);
        return new GitHook(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                definition,
                row.getBytes("api_token") != null,
                row.getObject("owner_id", UUID.class),
                row.getString("owner"),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
