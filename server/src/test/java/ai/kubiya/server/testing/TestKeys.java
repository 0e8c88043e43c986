package ai.kubiya.server.testing;

import ai.kubiya.server.access.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Organisations, and keys of any scopes, put straight into the database: the API makes no organisations. */
final class TestKeys {
    private TestKeys() {}

    static String ofNewOrganization(TestDatabase database, List<Scope> scopes) {
        UUID organization = UUID.randomUUID();
        UUID user = UUID.randomUUID();
        String name = "org-" + organization.toString().substring(0, 8);
        Timestamp now = Timestamp.from(Instant.now());
        insert(database, "INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)", organization, name, now);
        insert(
                database,
                "INSERT INTO app_user (id, organization_id, email, name, created_at) VALUES (?, ?, ?, ?, ?)",
                user,
                organization,
                "someone@" + name,
                "Someone",
                now);
        for (String system : List.of("admins", "users")) {
            UUID group = UUID.randomUUID();
            insert(database, """
                    INSERT INTO user_group (id, organization_id, name, system, created_at, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """, group, organization, system.equals("admins") ? "Admin" : "Users", system, now, now);
            insert(
                    database,
                    "INSERT INTO group_member (organization_id, group_id, user_id) VALUES (?, ?, ?)",
                    organization,
                    group,
                    user);
        }
        return ofUser(database, user, scopes);
    }

    static String ofUser(TestDatabase database, UUID user, List<Scope> scopes) {
        String key = "uk_" + UUID.randomUUID().toString().replace("-", "") + "-for-tests";
        insert(
                database,
                """
                INSERT INTO api_key (id, organization_id, user_id, name, hash, prefix, scopes, created_at)
                SELECT ?, organization_id, id, 'test key', ?, ?, string_to_array(?, ','), ? FROM app_user WHERE id = ?
                """,
                UUID.randomUUID(),
                sha256(key),
                key.substring(0, 8),
                String.join(",", scopes.stream().map(Scope::wireName).toList()),
                Timestamp.from(Instant.now()),
                user);
        return key;
    }

    static void limit(TestDatabase database, String key, @Nullable Integer perMinute, @Nullable Integer perDay) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "UPDATE api_key SET limit_per_minute = ?, limit_per_day = ? WHERE hash = ?")) {
            statement.setObject(1, perMinute);
            statement.setObject(2, perDay);
            statement.setBytes(3, sha256(key));
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("there is no such key");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(TestDatabase database, String sql, Object... values) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("nothing was inserted by " + sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
