package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** SQL of organisations, users and keys. */
final class ApiKeyStore {

    boolean hasOrganization(Transaction transaction) {
        return transaction
                .query("SELECT EXISTS (SELECT FROM organization)")
                .mapTo(Boolean.class)
                .one();
    }

    /** Two servers that start for the first time on one database must not both make the first key. */
    void lockFirstStart(Transaction transaction) {
        transaction
                .query("SELECT 1 FROM (SELECT pg_advisory_xact_lock(4207849484)) AS lock")
                .mapTo(Integer.class)
                .one();
    }

    void insertOrganization(Transaction transaction, UUID id, String name, Instant at) {
        transaction
                .update("INSERT INTO organization (id, name, created_at) VALUES (:id, :name, :at)")
                .bind("id", id)
                .bind("name", name)
                .bind("at", at)
                .execute();
    }

    void insertUser(Transaction transaction, UUID id, UUID organizationId, String email, String name, Instant at) {
        transaction
                .update("""
                        INSERT INTO app_user (id, organization_id, email, name, created_at)
                        VALUES (:id, :organizationId, :email, :name, :at)
                        """)
                .bind("id", id)
                .bind("organizationId", organizationId)
                .bind("email", email)
                .bind("name", name)
                .bind("at", at)
                .execute();
    }

    void insertKey(
            Transaction transaction, UUID id, UUID userId, String name, NewKey key, Set<Scope> scopes, Instant at) {
        transaction
                .update("""
                        INSERT INTO api_key (id, organization_id, user_id, name, hash, prefix, scopes, created_at)
                        SELECT :id, organization_id, id, :name, :hash, :prefix, :scopes, :at
                        FROM app_user WHERE id = :userId
                        """)
                .bind("id", id)
                .bind("userId", userId)
                .bind("name", name)
                .bind("hash", key.hash())
                .bind("prefix", key.prefix())
                .bindArray(
                        "scopes",
                        String.class,
                        scopes.stream().map(Scope::wireName).toArray())
                .bind("at", at)
                .execute();
    }

    Optional<UUID> firstUser(Transaction transaction) {
        return transaction
                .query("SELECT id FROM app_user ORDER BY created_at, id LIMIT 1")
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Caller> findByHash(Transaction transaction, byte[] hash, Origin origin, Instant now) {
        return transaction
                .query("""
                        SELECT k.id, k.name, k.scopes, k.organization_id, k.limit_per_minute, k.limit_per_day, o.name AS organization_name,
                               u.id AS user_id, u.email
                        FROM api_key k
                        JOIN app_user u ON u.id = k.user_id
                        JOIN organization o ON o.id = k.organization_id
                        WHERE k.hash = :hash AND k.revoked_at IS NULL
                          AND (k.expires_at IS NULL OR k.expires_at > :now)
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> caller(row, origin))
                .findOne();
    }

    private static Caller caller(ResultSet row, Origin origin) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(Scope::ofWireName)
                .flatMap(Optional::stream)
                .forEach(scopes::add);
        return new Caller(
                row.getObject("organization_id", UUID.class),
                row.getString("organization_name"),
                row.getObject("user_id", UUID.class),
                row.getString("email"),
                row.getObject("id", UUID.class),
                row.getString("name"),
                scopes,
                Set.of(),
                new KeyLimits(
                        row.getObject("limit_per_minute", Integer.class),
                        row.getObject("limit_per_day", Integer.class)),
                origin);
    }
}
