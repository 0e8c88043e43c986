package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.gitops.event.GitEvent;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of deliveries and what they led to. */
final class DeliveryStore {
    /** False when the sender's id is known already. */
    boolean insert(Transaction transaction, Delivery delivery) {
        return transaction
                        .update("""
                                INSERT INTO gitops_delivery (id, organization_id, hook_id, delivery_id, event, status,
                                                             message, received_at, processed_at)
                                VALUES (:id, :organizationId, :hookId, :deliveryId, :event::jsonb, :status, :message,
                                        :receivedAt, :processedAt)
                                ON CONFLICT (hook_id, delivery_id) DO NOTHING
                                """)
                        .bind("id", delivery.id())
                        .bind("organizationId", delivery.organizationId())
                        .bind("hookId", delivery.hookId())
                        .bind("deliveryId", delivery.deliveryId())
                        .bind("event", Json.text(delivery.event().toJson()))
                        .bind("status", delivery.status().wireName())
                        .bind("message", delivery.message())
                        .bind("receivedAt", delivery.receivedAt())
                        .bind("processedAt", delivery.processedAt())
                        .execute()
                == 1;
    }

    void end(Transaction transaction, UUID organizationId, UUID id, DeliveryStatus status, String message, Instant at) {
        transaction
                .update("""
                        UPDATE gitops_delivery SET status = :status, message = :message, processed_at = :at
                        WHERE organization_id = :organizationId AND id = :id AND status = 'received'
                        """)
                .bind("status", status.wireName())
                .bind("message", message)
                .bind("at", at)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    Optional<Delivery> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("SELECT * FROM gitops_delivery WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> delivery(row))
                .findOne();
    }

    Optional<Delivery> findBySendersId(Transaction transaction, UUID organizationId, UUID hookId, String deliveryId) {
        return transaction
                .query("""
                        SELECT * FROM gitops_delivery
                        WHERE organization_id = :organizationId AND hook_id = :hookId AND delivery_id = :deliveryId
                        """)
                .bind("organizationId", organizationId)
                .bind("hookId", hookId)
                .bind("deliveryId", deliveryId)
                .map((row, context) -> delivery(row))
                .findOne();
    }

    Page<Delivery> list(
            Transaction transaction,
            UUID organizationId,
            UUID hookId,
            @Nullable DeliveryStatus status,
            Page.Range range) {
        return ListQuery.over("gitops_delivery", "d", organizationId)
                .where("d.hook_id = :hookId", "hookId", hookId)
                .where("d.status = :status", "status", status == null ? null : status.wireName())
                .newestFirst()
                .page(transaction, "SELECT d.* FROM gitops_delivery d", range, (row, context) -> delivery(row));
    }

    List<DeliveryRun> runs(Transaction transaction, UUID organizationId, Collection<UUID> deliveries) {
        return transaction
                .query("""
                        SELECT * FROM gitops_run
                        WHERE organization_id = :organizationId AND delivery_id = ANY (:deliveries)
                        ORDER BY project_name, id
                        """)
                .bind("organizationId", organizationId)
                .bindArray("deliveries", UUID.class, deliveries.toArray())
                .map((row, context) -> run(row))
                .list();
    }

    Optional<DeliveryRun> findRun(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("SELECT * FROM gitops_run WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    Optional<UUID> findByRun(Transaction transaction, UUID organizationId, UUID run) {
        return transaction
                .query("SELECT id FROM gitops_run WHERE organization_id = :organizationId AND run_id = :run")
                .bind("organizationId", organizationId)
                .bind("run", run)
                .mapTo(UUID.class)
                .findOne();
    }

    /** False when the event has led to something in the project already, or the project is gone. */
    boolean insertRun(Transaction transaction, DeliveryRun run) {
        return transaction
                        .update("""
                                INSERT INTO gitops_run (id, organization_id, delivery_id, project_id, project_name, run_id,
                                                        state, summary, reported, report_error, created_at, updated_at)
                                SELECT :id, :organizationId, :deliveryId, p.id, :projectName, NULL, :state, :summary, '',
                                       '', :createdAt, :createdAt
                                FROM project p WHERE p.organization_id = :organizationId AND p.id = :projectId
                                ON CONFLICT (delivery_id, project_id) DO NOTHING
                                """)
                        .bind("id", run.id())
                        .bind("organizationId", run.organizationId())
                        .bind("deliveryId", run.deliveryId())
                        .bind("projectId", run.projectId())
                        .bind("projectName", run.projectName())
                        .bind("state", run.state())
                        .bind("summary", run.summary())
                        .bind("createdAt", run.createdAt())
                        .execute()
                == 1;
    }

    void setRun(Transaction transaction, UUID organizationId, UUID id, UUID run) {
        transaction
                .update("UPDATE gitops_run SET run_id = :run WHERE organization_id = :organizationId AND id = :id")
                .bind("run", run)
                .bind("organizationId", organizationId)
                .bind("id", id)
                .execute();
    }

    void update(Transaction transaction, DeliveryRun run, Instant at) {
        transaction
                .update("""
                        UPDATE gitops_run SET state = :state, summary = :summary, reported = :reported,
                               report_error = :reportError, updated_at = :at
                        WHERE organization_id = :organizationId AND id = :id
                        """)
                .bind("state", run.state())
                .bind("summary", run.summary())
                .bind("reported", run.reported())
                .bind("reportError", run.reportError())
                .bind("at", at)
                .bind("organizationId", run.organizationId())
                .bind("id", run.id())
                .execute();
    }

    /** Those of every organisation from before a time. */
    int forget(Transaction transaction, Instant before) {
        return transaction
                .update("DELETE FROM gitops_delivery WHERE received_at < :before")
                .bind("before", before)
                .execute();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        OffsetDateTime processed = row.getObject("processed_at", OffsetDateTime.class);
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("hook_id", UUID.class),
                row.getString("delivery_id"),
                GitEvent.of(Json.parse(row.getString("event"))),
                DeliveryStatus.ofWireName(row.getString("status")),
                row.getString("message"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                processed == null ? null : processed.toInstant());
    }

    private static DeliveryRun run(ResultSet row) throws SQLException {
        return new DeliveryRun(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("delivery_id", UUID.class),
                row.getObject("project_id", UUID.class),
                row.getString("project_name"),
                row.getObject("run_id", UUID.class),
                row.getString("state"),
                row.getString("summary"),
                row.getString("reported"),
                row.getString("report_error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
