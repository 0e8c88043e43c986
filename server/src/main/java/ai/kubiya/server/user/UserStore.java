package ai.kubiya.server.user;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** SQL of users. Removed ones are not found. */
final class UserStore {
    private static final String SELECT = """
            SELECT u.*,
                   ARRAY(SELECT m.group_id FROM group_member m WHERE m.user_id = u.id ORDER BY m.group_id) AS group_ids,
                   EXISTS (SELECT FROM group_member m JOIN user_group g ON g.id = m.group_id
                           WHERE m.user_id = u.id AND g.system = 'admins') AS administrator
            FROM app_user u
            """;

    /** What a list may be narrowed to; null = all. */
    record Filter(
            @Nullable String email,
            @Nullable Boolean active,
            @Nullable UUID group) {
        static final Filter ALL = new Filter(null, null, null);

        static Filter inGroup(UUID group) {
            return new Filter(null, null, group);
        }
    }

    void insert(Transaction transaction, User user) {
        transaction
                .update("""
                        INSERT INTO app_user (id, organization_id, email, name, image, active, created_at, updated_at)
                        VALUES (:id, :organizationId, :email, :name, :image, :active, :at, :at)
                        """)
                .bind("id", user.id())
                .bind("organizationId", user.organizationId())
                .bind("email", user.email())
                .bind("name", user.name())
                .bind("image", user.image())
                .bind("active", user.active())
                .bind("at", user.createdAt())
                .execute();
    }

    void update(Transaction transaction, UUID organizationId, UUID id, UserDefinition definition, Instant at) {
        transaction
                .update("""
                        UPDATE app_user SET email = :email, name = :name, image = :image, active = :active,
                               updated_at = :at, version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("email", definition.email())
                .bind("name", definition.name())
                .bind("image", definition.image())
                .bind("active", definition.active())
                .bind("at", at)
                .execute();
    }

    void remove(Transaction transaction, UUID organizationId, UUID id, Instant at) {
        transaction
                .update("""
                        UPDATE app_user SET active = false, removed_at = :at, updated_at = :at, version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("at", at)
                .execute();
    }

    /** Notes that the groups of these users are others now. */
    void touch(Transaction transaction, UUID organizationId, List<UUID> ids, Instant at) {
        transaction
                .update("""
                        UPDATE app_user SET updated_at = :at, version = version + 1
                        WHERE organization_id = :organizationId AND id = ANY (:ids)
                        """)
                .bind("organizationId", organizationId)
                .bindArray("ids", UUID.class, ids)
                .bind("at", at)
                .execute();
    }

    Optional<User> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE u.organization_id = :organizationId AND u.id = :id AND u.removed_at IS NULL")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<User> findByEmail(Transaction transaction, UUID organizationId, String email) {
        return transaction
                .query(SELECT + """
                        WHERE u.organization_id = :organizationId AND lower(u.email) = lower(:email)
                          AND u.removed_at IS NULL
                        """)
                .bind("organizationId", organizationId)
                .bind("email", email)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<User> list(Transaction transaction, UUID organizationId, Filter filter, Page.Range range) {
        String where = """
                WHERE u.organization_id = :organizationId AND u.removed_at IS NULL
                  AND (:email::text IS NULL OR lower(u.email) = lower(:email))
                  AND (:active::boolean IS NULL OR u.active = :active)
                  AND (:group::uuid IS NULL
                       OR EXISTS (SELECT FROM group_member m WHERE m.user_id = u.id AND m.group_id = :group))
                """;
        long total = narrowed(transaction.query("SELECT count(*) FROM app_user u " + where), organizationId, filter)
                .mapTo(Long.class)
                .one();
        List<User> rows = narrowed(
                        transaction.query(SELECT + where + "ORDER BY u.created_at, u.id LIMIT :limit OFFSET :offset"),
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
                .bind("email", filter.email())
                .bind("active", filter.active())
                .bind("group", filter.group());
    }

    long activeAdministrators(Transaction transaction, UUID organizationId) {
        return transaction
                .query("SELECT count(*) FROM active_user WHERE organization_id = :organizationId AND administrator")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
    }

    /** The caller with the e-mail and the groups of now; empty when the user is not active any more. */
    Optional<Caller> current(Transaction transaction, Caller caller) {
        return transaction
                .query("""
                        SELECT email, groups FROM active_user
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", caller.organizationId())
                .bind("id", caller.userId())
                .map((row, context) -> new Caller(
                        caller.organizationId(),
                        caller.organizationName(),
                        caller.userId(),
                        row.getString("email"),
                        caller.keyId(),
                        caller.keyName(),
                        caller.scopes(),
                        Set.of((String[]) row.getArray("groups").getArray()),
                        caller.limits(),
                        caller.origin()))
                .findOne();
    }

    private static User read(ResultSet row) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                row.getString("image"),
                row.getBoolean("active"),
                Arrays.asList((UUID[]) row.getArray("group_ids").getArray()),
                row.getBoolean("administrator"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
