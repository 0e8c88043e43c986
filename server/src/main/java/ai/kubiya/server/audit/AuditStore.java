package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** SQL of the audit trail. */
final class AuditStore {

    void insert(Transaction transaction, UUID id, Instant at, Caller caller, AuditEntry entry) {
        ObjectNode extra = entry.extra().deepCopy();
        extra.put("key_name", caller.keyName())
                .put("request_id", caller.requestId())
                .put("address", caller.origin().address());
        transaction
                .update("""
                        INSERT INTO audit_item (id, organization_id, at, user_id, email, key_id, category_type,
                                                category_name, resource_type, resource_text, action_type,
                                                action_successful, scope, extra)
                        VALUES (:id, :organizationId, :at, :userId, :email, :keyId, :category, :category,
                                :resourceType, :resource, :action, :successful, :scope, :extra::jsonb)
                        """)
                .bind("id", id)
                .bind("organizationId", caller.organizationId())
                .bind("at", at)
                .bind("userId", caller.userId())
                .bind("email", caller.email())
                .bind("keyId", caller.keyId())
                .bind("category", entry.category())
                .bind("resourceType", entry.resourceType())
                .bind("resource", entry.resource())
                .bind("action", entry.action())
                .bind("successful", entry.successful())
                .bind("scope", "organization")
                .bind("extra", Json.text(extra))
                .execute();
    }
}
