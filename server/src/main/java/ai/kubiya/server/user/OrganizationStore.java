package ai.kubiya.server.user;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** SQL of organisations. */
final class OrganizationStore {

    boolean hasAny(Transaction transaction) {
        return transaction
                .query("SELECT EXISTS (SELECT FROM organization)")
                .mapTo(Boolean.class)
                .one();
    }

    /** Two servers that start for the first time on one database must not both make the first organisation. */
    void lockFirstStart(Transaction transaction) {
        transaction
                .query("SELECT 1 FROM (SELECT pg_advisory_xact_lock(4207849484)) AS lock")
                .mapTo(Integer.class)
                .one();
    }

    /** False when the name is taken. */
    boolean insert(Transaction transaction, UUID id, String name, Instant at) {
        return transaction
                        .update("""
                                INSERT INTO organization (id, name, created_at) VALUES (:id, :name, :at)
                                ON CONFLICT (name) DO NOTHING
                                """)
                        .bind("id", id)
                        .bind("name", name)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    record Administrator(UUID organizationId, UUID userId) {}

    /** @param name empty = the first organisation */
    Optional<Administrator> firstAdministrator(Transaction transaction, String name) {
        return transaction
                .query("""
                        SELECT a.organization_id, a.id
                        FROM active_user a JOIN app_user u ON u.id = a.id JOIN organization o ON o.id = u.organization_id
                        WHERE a.administrator AND (:name = '' OR o.name = :name)
                        ORDER BY o.created_at, o.id, u.created_at, u.id LIMIT 1
                        """)
                .bind("name", name)
                .map((row, context) -> new Administrator(
                        row.getObject("organization_id", UUID.class), row.getObject("id", UUID.class)))
                .findOne();
    }

    /** Changes of one organisation's users and groups take turns here; rows that refer to it can be added meanwhile. */
    void lock(Transaction transaction, UUID id) {
        transaction
                .query("SELECT id FROM organization WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .one();
    }
}
