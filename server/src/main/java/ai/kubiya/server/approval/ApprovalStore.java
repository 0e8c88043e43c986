package ai.kubiya.server.approval;

import ai.kubiya.server.access.Audience;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Columns;
import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of approvals. */
final class ApprovalStore {
    /** {@link ApprovalRule#mayDecide}, for many at a time. */
    private static final String DECIDES = """
            (a.users && :names::text[] OR a.groups && :memberships::text[]
             OR (:administrator AND a.users = '{}' AND a.groups = '{}'))
            """;

    /** What a list may be narrowed to; null = all. */
    record Filter(@Nullable ApprovalStatus status, @Nullable UUID execution, boolean decidable) {}

    void insert(Transaction transaction, Approval approval) {
        transaction
                .update("""
                        INSERT INTO approval (id, organization_id, execution_id, status, subject_type, subject, details,
                                              message, users, groups, not_requester, session_id, requested_by,
                                              requester_email, requested_at, expires_at)
                        VALUES (:id, :organizationId, :executionId, 'pending', :subjectType, :subject, :details::jsonb,
                                :message, :users, :groups, :notRequester, :sessionId, :requestedBy,
                                :requesterEmail, :requestedAt, :expiresAt)
                        """)
                .bind("id", approval.id())
                .bind("organizationId", approval.organizationId())
                .bind("executionId", approval.executionId())
                .bind("subjectType", approval.subject().type())
                .bind("subject", approval.subject().name())
                .bind("details", Json.text(approval.subject().details()))
                .bind("message", approval.message())
                .bindArray(
                        "users",
                        String.class,
                        approval.deciders().users().stream()
                                .map(ApprovalStore::plain)
                                .toArray())
                .bindArray("groups", String.class, (Object[])
                        approval.deciders().groups().toArray(String[]::new))
                .bind("notRequester", approval.notRequester())
                .bind("sessionId", approval.sessionId())
                .bind("requestedBy", approval.requestedBy())
                .bind("requesterEmail", approval.requesterEmail())
                .bind("requestedAt", approval.requestedAt())
                .bind("expiresAt", approval.expiresAt())
                .execute();
    }

    private static String plain(String user) {
        return user.strip().toLowerCase(Locale.ROOT);
    }

    Optional<Approval> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query("SELECT * FROM approval WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Only for what the server does by itself. */
    Optional<Approval> find(Transaction transaction, UUID id) {
        return transaction
                .query("SELECT * FROM approval WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Approval> ofExecution(Transaction transaction, UUID organizationId, UUID execution) {
        return transaction
                .query("""
                        SELECT * FROM approval
                        WHERE organization_id = :organizationId AND execution_id = :execution ORDER BY id
                        """)
                .bind("organizationId", organizationId)
                .bind("execution", execution)
                .map((row, context) -> read(row))
                .list();
    }

    /** What runs in a conversation is shown to who began it, to who decides, and to administrators. */
    Page<Approval> list(Transaction transaction, Caller caller, Filter filter, Page.Range range) {
        boolean administrator = caller.may(Scope.ADMIN);
        ListQuery query = ListQuery.over("approval", "a", caller.organizationId())
                .where(
                        "a.status = :status",
                        "status",
                        filter.status() == null ? null : filter.status().wireName())
                .where("a.execution_id = :execution", "execution", filter.execution());
        if (filter.decidable()) {
            query.where(DECIDES, "administrator", administrator)
                    .where("NOT (a.not_requester AND a.requested_by = :self)", "self", caller.userId());
        } else if (!administrator) {
            query.where("(a.session_id IS NULL OR a.requested_by = :self OR " + DECIDES + ")", "self", caller.userId())
                    .where("NOT :administrator", "administrator", false);
        }
        return query.withTexts(
                        "names",
                        List.of(
                                caller.email().toLowerCase(Locale.ROOT),
                                caller.userId().toString()))
                .withTexts("memberships", caller.groups())
                .newestFirst()
                .page(transaction, "SELECT a.* FROM approval a", range, (row, context) -> read(row));
    }

    /** Decides what is pending; empty when it is not any more. */
    Optional<Approval> decide(
            Transaction transaction,
            UUID id,
            ApprovalStatus status,
            @Nullable String by,
            @Nullable String reason,
            Instant at) {
        return transaction
                .query("""
                        UPDATE approval SET status = :status, decided_by = :by, decided_at = :at, reason = :reason
                        WHERE id = :id AND status = 'pending' RETURNING *
                        """)
                .bind("id", id)
                .bind("status", status.wireName())
                .bind("by", by)
                .bind("at", at)
                .bind("reason", reason)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Approval> pending(Transaction transaction, UUID execution) {
        return transaction
                .query("SELECT * FROM approval WHERE execution_id = :execution AND status = 'pending' ORDER BY id")
                .bind("execution", execution)
                .map((row, context) -> read(row))
                .list();
    }

    private static Approval read(ResultSet row) throws SQLException {
        return new Approval(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("execution_id", UUID.class),
                ApprovalStatus.ofWireName(row.getString("status")),
                new ApprovalSubject(
                        row.getString("subject_type"),
                        row.getString("subject"),
                        Json.parseObject(row.getString("details"))),
                row.getString("message"),
                new Audience(Columns.texts(row, "users"), Columns.texts(row, "groups")),
                row.getBoolean("not_requester"),
                row.getObject("session_id", UUID.class),
                row.getObject("requested_by", UUID.class),
                row.getString("requester_email"),
                Columns.time(row, "requested_at"),
                Columns.time(row, "expires_at"),
                row.getString("decided_by"),
                Columns.instant(row, "decided_at"),
                row.getString("reason"));
    }
}
