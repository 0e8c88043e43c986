package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** SQL of keys. */
final class ApiKeyStore {
    private static final Origin NOWHERE = new Origin("", "");

    private static final String SELECT = """
            SELECT k.*, u.email, u.name AS user_name, u.active AS user_active,
                   coalesce(k.revoked_at, u.removed_at) AS over_at
            FROM api_key k JOIN app_user u ON u.id = k.user_id
            """;

    /**
     * What a list may be narrowed to.
     *
     * @param status {@code active}, {@code expired}, {@code revoked} or {@code all}; null = all but revoked ones
     * @param user null = everybody's
     */
    record Filter(@Nullable String status, @Nullable UUID user, Instant now) {}

    /** @param userId in whose organisation it is */
    void insert(
            Transaction transaction,
            UUID id,
            UUID userId,
            KeyDefinition definition,
            NewKey key,
            String createdBy,
            Instant at) {
        described(transaction.update("""
                                INSERT INTO api_key (id, organization_id, user_id, name, description, hash, prefix, scopes,
                                                     expires_at, limit_per_minute, limit_per_day, created_by, created_at,
                                                     updated_at)
                                SELECT :id, organization_id, id, :name, :description, :hash, :prefix, :scopes,
                                       :expiresAt, :perMinute, :perDay, :createdBy, :at, :at
                                FROM app_user WHERE id = :userId
                                """), definition)
                .bind("id", id)
                .bind("userId", userId)
                .bind("hash", key.hash())
                .bind("prefix", key.prefix())
                .bind("createdBy", createdBy)
                .bind("at", at)
                .execute();
    }

    void update(Transaction transaction, UUID organizationId, UUID id, KeyDefinition definition, Instant at) {
        described(transaction.update("""
                                UPDATE api_key SET name = :name, description = :description, scopes = :scopes,
                                       expires_at = :expiresAt, limit_per_minute = :perMinute, limit_per_day = :perDay,
                                       updated_at = :at, version = version + 1
                                WHERE organization_id = :organizationId AND id = :id
                                """), definition)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("at", at)
                .execute();
    }

    private static <S extends SqlStatement<S>> S described(S statement, KeyDefinition definition) {
        return statement
                .bind("name", definition.name())
                .bind("description", definition.description())
                .bindArray(
                        "scopes",
                        String.class,
                        definition.scopes().stream()
                                .sorted()
                                .map(Scope::wireName)
                                .toArray())
                .bind("expiresAt", definition.expiresAt())
                .bind("perMinute", definition.limits().perMinute())
                .bind("perDay", definition.limits().perDay());
    }

    void revoke(Transaction transaction, UUID organizationId, UUID id, Instant at) {
        transaction
                .update("""
                        UPDATE api_key SET revoked_at = :at, updated_at = :at, version = version + 1
                        WHERE organization_id = :organizationId AND id = :id AND revoked_at IS NULL
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("at", at)
                .execute();
    }

    /** Locks the row, so that two updates at once do not undo each other. */
    void lock(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .query("""
                        SELECT id FROM api_key WHERE organization_id = :organizationId AND id = :id FOR NO KEY UPDATE
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<ApiKey> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE k.organization_id = :organizationId AND k.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<ApiKey> list(Transaction transaction, UUID organizationId, Filter filter, Page.Range range) {
        String where = """
                WHERE k.organization_id = :organizationId AND (:user::uuid IS NULL OR k.user_id = :user)
                  AND CASE coalesce(:status, '')
                      WHEN 'all' THEN true
                      WHEN 'revoked' THEN coalesce(k.revoked_at, u.removed_at) IS NOT NULL
                      WHEN 'expired' THEN coalesce(k.revoked_at, u.removed_at) IS NULL AND k.expires_at <= :now
                      WHEN 'active' THEN coalesce(k.revoked_at, u.removed_at) IS NULL
                                         AND (k.expires_at IS NULL OR k.expires_at > :now)
                      ELSE coalesce(k.revoked_at, u.removed_at) IS NULL END
                """;
        String from = "SELECT count(*) FROM api_key k JOIN app_user u ON u.id = k.user_id ";
        long total = narrowed(transaction.query(from + where), organizationId, filter)
                .mapTo(Long.class)
                .one();
        var rows = narrowed(
                        transaction.query(SELECT + where + "ORDER BY k.created_at, k.id LIMIT :limit OFFSET :offset"),
                        organizationId,
                        filter)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, total, range);
    }

    private static <S extends SqlStatement<S>> S narrowed(S statement, UUID organizationId, Filter filter) {
        return statement
                .bind("organizationId", organizationId)
                .bind("user", filter.user())
                .bind("status", filter.status())
                .bind("now", filter.now());
    }

    /**
     * A key that is not revoked and whose user is active; it may have expired. The scope {@code admin} counts only while
     * its user is an administrator.
     */
    Optional<KnownKey> findByHash(Transaction transaction, byte[] hash) {
        return transaction
                .query("""
                        SELECT k.id, k.hash, k.name, k.scopes, k.organization_id, k.limit_per_minute, k.limit_per_day,
                               k.expires_at, u.organization_name, u.id AS user_id, u.email, u.groups, u.administrator
                        FROM api_key k JOIN active_user u ON u.id = k.user_id
                        WHERE k.hash = :hash AND k.revoked_at IS NULL
                        """)
                .bind("hash", hash)
                .map((row, context) -> known(row))
                .findOne();
    }

    /** The key that a browser was signed in with, until the session or the key ends. */
    Optional<KnownKey> findBySession(Transaction transaction, byte[] hash) {
        return transaction
                .query("""
                        SELECT k.id, s.hash, k.name, k.scopes, k.organization_id, k.limit_per_minute, k.limit_per_day,
                               least(k.expires_at, s.expires_at) AS expires_at, u.organization_name, u.id AS user_id,
                               u.email, u.groups, u.administrator
                        FROM web_session s JOIN api_key k ON k.id = s.key_id JOIN active_user u ON u.id = k.user_id
                        WHERE s.hash = :hash AND k.revoked_at IS NULL
                        """)
                .bind("hash", hash)
                .map((row, context) -> known(row))
                .findOne();
    }

    void insertSession(Transaction transaction, UUID id, Caller caller, byte[] hash, Instant now, Instant expiresAt) {
        transaction
                .update("""
                        INSERT INTO web_session (id, organization_id, key_id, hash, created_at, expires_at)
                        VALUES (:id, :organizationId, :keyId, :hash, :now, :expiresAt)
                        """)
                .bind("id", id)
                .bind("organizationId", caller.organizationId())
                .bind("keyId", caller.keyId())
                .bind("hash", hash)
                .bind("now", now)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    void removeSession(Transaction transaction, UUID organizationId, byte[] hash) {
        transaction
                .update("DELETE FROM web_session WHERE organization_id = :organizationId AND hash = :hash")
                .bind("organizationId", organizationId)
                .bind("hash", hash)
                .execute();
    }

    int removeSessionsBefore(Transaction transaction, Instant now) {
        return transaction
                .update("DELETE FROM web_session WHERE expires_at <= :now")
                .bind("now", now)
                .execute();
    }

    /** Rows are locked in one order, so that servers that write at the same time do not block each other for good. */
    void noteUse(Transaction transaction, Map<UUID, Instant> used) {
        UUID[] ids = used.keySet().toArray(UUID[]::new);
        String[] times =
                Arrays.stream(ids).map(id -> String.valueOf(used.get(id))).toArray(String[]::new);
        transaction
                .update("""
                        WITH noted AS (
                            SELECT k.id, n.at::timestamptz AS at
                            FROM unnest(:ids, :times) AS n (id, at) JOIN api_key k ON k.id = n.id
                            ORDER BY k.id FOR NO KEY UPDATE OF k)
                        UPDATE api_key k SET last_used_at = greatest(k.last_used_at, noted.at)
                        FROM noted WHERE k.id = noted.id
                        """)
                .bindArray("ids", UUID.class, (Object[]) ids)
                .bindArray("times", String.class, (Object[]) times)
                .execute();
    }

    private static KnownKey known(ResultSet row) throws SQLException {
        Set<Scope> scopes = scopes(row);
        if (!row.getBoolean("administrator")) {
            scopes.remove(Scope.ADMIN);
        }
        return new KnownKey(
                row.getBytes("hash"),
                new Caller(
                        row.getObject("organization_id", UUID.class),
                        row.getString("organization_name"),
                        row.getObject("user_id", UUID.class),
                        row.getString("email"),
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        scopes,
                        Set.of((String[]) row.getArray("groups").getArray()),
                        limits(row),
                        NOWHERE),
                instant(row, "expires_at"));
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                new ApiKey.Owner(
                        row.getObject("user_id", UUID.class),
                        row.getString("email"),
                        row.getString("user_name"),
                        row.getBoolean("user_active")),
                row.getString("name"),
                row.getString("description"),
                scopes(row),
                row.getString("prefix"),
                limits(row),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "over_at"),
                instant(row, "last_used_at"),
                row.getLong("version"));
    }

    private static Set<Scope> scopes(ResultSet row) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(Scope::ofWireName)
                .flatMap(Optional::stream)
                .forEach(scopes::add);
        return scopes;
    }

    private static KeyLimits limits(ResultSet row) throws SQLException {
        return new KeyLimits(
                row.getObject("limit_per_minute", Integer.class), row.getObject("limit_per_day", Integer.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    }
}
