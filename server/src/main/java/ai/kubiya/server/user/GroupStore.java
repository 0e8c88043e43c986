package ai.kubiya.server.user;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** SQL of groups and of who is in them. */
final class GroupStore {

    void insert(Transaction transaction, UUID organizationId, Group group) {
        transaction
                .update("""
                        INSERT INTO user_group (id, organization_id, name, description, system, created_at, updated_at)
                        VALUES (:id, :organizationId, :name, :description, :system, :at, :at)
                        """)
                .bind("id", group.id())
                .bind("organizationId", organizationId)
                .bind("name", group.name())
                .bind("description", group.description())
                .bind("system", group.system() == null ? null : group.system().storedName())
                .bind("at", group.createdAt())
                .execute();
    }

    void update(Transaction transaction, UUID organizationId, UUID id, String name, String description, Instant at) {
        transaction
                .update("""
                        UPDATE user_group SET name = :name, description = :description, updated_at = :at,
                               version = version + 1
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .bind("name", name)
                .bind("description", description)
                .bind("at", at)
                .execute();
    }

    void delete(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .update("DELETE FROM user_group WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    Optional<Group> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("SELECT * FROM user_group WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Whatever the case: there are no two names that differ in nothing else. */
    Optional<Group> findByName(Transaction transaction, UUID organizationId, String name) {
        return transaction
                .query(
                        "SELECT * FROM user_group WHERE organization_id = :organizationId AND lower(name) = lower(:name)")
                .bind("organizationId", organizationId)
                .bind("name", name)
                .map((row, context) -> read(row))
                .findOne();
    }

    Page<Group> list(Transaction transaction, UUID organizationId, Page.Range range) {
        long total = transaction
                .query("SELECT count(*) FROM user_group WHERE organization_id = :organizationId")
                .bind("organizationId", organizationId)
                .mapTo(Long.class)
                .one();
        List<Group> rows = transaction
                .query("""
                        SELECT * FROM user_group WHERE organization_id = :organizationId
                        ORDER BY system NULLS LAST, lower(name), id LIMIT :limit OFFSET :offset
                        """)
                .bind("organizationId", organizationId)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
        return new Page<>(rows, total, range);
    }

    UUID system(Transaction transaction, UUID organizationId, Group.Kind which) {
        return transaction
                .query("SELECT id FROM user_group WHERE organization_id = :organizationId AND system = :system")
                .bind("organizationId", organizationId)
                .bind("system", which.storedName())
                .mapTo(UUID.class)
                .one();
    }

    /** False when the user is in it already. */
    boolean addMember(Transaction transaction, UUID organizationId, UUID group, UUID user) {
        return transaction
                        .update("""
                                INSERT INTO group_member (organization_id, group_id, user_id)
                                VALUES (:organizationId, :group, :user) ON CONFLICT DO NOTHING
                                """)
                        .bind("organizationId", organizationId)
                        .bind("group", group)
                        .bind("user", user)
                        .execute()
                == 1;
    }

    /** False when the user is not in it. */
    boolean removeMember(Transaction transaction, UUID organizationId, UUID group, UUID user) {
        return transaction
                        .update("""
                                DELETE FROM group_member
                                WHERE organization_id = :organizationId AND group_id = :group AND user_id = :user
                                """)
                        .bind("organizationId", organizationId)
                        .bind("group", group)
                        .bind("user", user)
                        .execute()
                == 1;
    }

    void removeFromAll(Transaction transaction, UUID organizationId, UUID user) {
        transaction
                .update("DELETE FROM group_member WHERE organization_id = :organizationId AND user_id = :user")
                .bind("organizationId", organizationId)
                .bind("user", user)
                .execute();
    }

    List<UUID> members(Transaction transaction, UUID organizationId, UUID group) {
        return transaction
                .query("""
                        SELECT user_id FROM group_member
                        WHERE organization_id = :organizationId AND group_id = :group ORDER BY user_id
                        """)
                .bind("organizationId", organizationId)
                .bind("group", group)
                .mapTo(UUID.class)
                .list();
    }

    private static Group read(ResultSet row) throws SQLException {
        String system = row.getString("system");
        return new Group(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("description"),
                system == null ? null : Group.Kind.valueOf(system.toUpperCase(Locale.ROOT)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
