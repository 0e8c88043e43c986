package ai.kubiya.server.event;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;
import java.util.UUID;

/** SQL of events. */
final class EventStore {
    void insert(Transaction transaction, UUID id, UUID organization, NewEvent event, Instant at) {
        transaction
                .update("""
                        INSERT INTO event (id, organization_id, type, resource_type, resource_id, data, occurred_at)
                        VALUES (:id, :organization, :type, :resourceType, :resourceId, :data::jsonb, :at)
                        """)
                .bind("id", id)
                .bind("organization", organization)
                .bind("type", event.type())
                .bind("resourceType", event.resourceType())
                .bind("resourceId", event.resourceId())
                .bind("data", event.data().toString())
                .bind("at", at)
                .execute();
    }
}
