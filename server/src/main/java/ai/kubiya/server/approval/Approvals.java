package ai.kubiya.server.approval;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.execution.WaitingExecutions;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.jobs.JobKind;
import ai.kubiya.server.jobs.Jobs;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks people, takes their answers, and lets executions run or not. */
public final class Approvals {
    /** The event in the log of an execution that begins to wait. */
    public static final String REQUIRED = "approval.required";

    /** The event in the log of an execution about which somebody decided. */
    public static final String DECIDED = "approval.decided";

    private final Database database;
    private final ApprovalStore store = new ApprovalStore();
    private final WaitingExecutions waiting;
    private final AuditLog audit;
    private final EventLog events;
    private final JobKind expiry;
    private final Clock clock;

    public Approvals(
            Database database, ExecutionService executions, AuditLog audit, EventLog events, Jobs jobs, Clock clock) {
        this.database = database;
        this.waiting = executions.waiting();
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.expiry = jobs.kind("approval-expiry", id -> expire(UUID.fromString(id)));
        executions.listeners().add(this::ended);
    }

    /**
     * Asks, for each of these rules, whether an execution may run.
     *
     * @param transaction in which the execution was inserted, waiting
     */
    public void request(
            Transaction transaction,
            Caller caller,
            Execution execution,
            ApprovalSubject subject,
            List<ApprovalRule> rules) {
        Instant now = clock.instant();
        for (ApprovalRule rule : rules) {
            Approval approval = new Approval(
                    Uuids.next(clock),
                    caller.organizationId(),
                    execution.id(),
                    ApprovalStatus.PENDING,
                    subject,
                    rule.message(),
                    rule.deciders(),
                    rule.notRequester(),
                    execution.sessionId(),
                    caller.userId(),
                    caller.email(),
                    now,
                    now.plus(rule.expiry()),
                    null,
                    null,
                    null);
            store.insert(transaction, approval);
            expiry.schedule(transaction, approval.id().toString(), approval.expiresAt());
            waiting.note(transaction, execution.id(), REQUIRED, note(approval));
            audit.add(transaction, caller, entry(approval, "request"));
            publish(transaction, approval, "approval.requested");
        }
    }

    private static ObjectNode note(Approval approval) {
        return ApprovalJson.of(approval).put("approval_id", approval.id().toString());
    }

    private static AuditEntry entry(Approval approval, String action) {
        return AuditEntry.of("approvals", "approval", approval.subject().name(), action)
                .with("id", approval.id())
                .with("subject_type", approval.subject().type())
                .with("execution_id", approval.executionId())
                .with("session_id", approval.sessionId());
    }

    private void publish(Transaction transaction, Approval approval, String type) {
        events.append(
                transaction,
                approval.organizationId(),
                new NewEvent(
                        type,
                        "approval",
                        approval.id().toString(),
                        ApprovalJson.summary(approval)
                                .put("decided_by", approval.decidedBy())
                                .put("reason", approval.reason())));
    }

    /** What an execution waits for, or waited for. */
    public List<Approval> of(UUID organizationId, UUID execution) {
        return database.read(transaction -> store.ofExecution(transaction, organizationId, execution));
    }

    Page<Approval> list(
            Caller caller,
            @Nullable ApprovalStatus status,
            @Nullable UUID execution,
            boolean decidable,
            Page.Range range) {
        ApprovalStore.Filter filter = new ApprovalStore.Filter(status, execution, decidable);
        return database.read(transaction -> store.list(transaction, caller, filter, range));
    }

    Approval get(Caller caller, UUID id) {
        return database.read(transaction -> get(transaction, caller, id));
    }

    /** What belongs to a conversation of somebody else's is not there for those who have no say in it. */
    private Approval get(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, caller.organizationId(), id)
                .filter(approval -> approval.sessionId() == null
                        || approval.requestedBy().equals(caller.userId())
                        || caller.may(Scope.ADMIN)
                        || ApprovalRule.mayDecide(approval.deciders(), caller))
                .orElseThrow(() -> ApiException.notFound("approval", id));
    }

    /**
     * Decides.
     *
     * @throws ApiException 403 when it is not the caller's to decide, 409 when it was decided before
     */
    Approval decide(Caller caller, UUID id, boolean agreed, String reason) {
        return database.inTransaction(transaction -> {
            Approval approval = get(transaction, caller, id);
            requireDecider(caller, approval);
            waiting.lock(transaction, approval.executionId());
            if (!approval.expiresAt().isAfter(clock.instant()) && approval.status() == ApprovalStatus.PENDING) {
                throw ApiException.conflict(
                        "The approval " + id + " expired at " + approval.expiresAt() + "; ask again.");
            }
            ApprovalStatus status = agreed ? ApprovalStatus.APPROVED : ApprovalStatus.REJECTED;
            Approval decided = store.decide(transaction, id, status, caller.email(), reason, clock.instant())
                    .orElseThrow(() -> over(get(transaction, caller, id)));
            audit.add(transaction, caller, entry(decided, agreed ? "approve" : "reject"));
            settled(transaction, decided);
            if (agreed) {
                releaseIfAllAgreed(transaction, decided);
            } else {
                String said = reason.isBlank() ? "." : ": " + reason;
                refuse(transaction, decided, "rejected", "It was rejected by " + caller.email() + said);
            }
            return decided;
        });
    }

    private void requireDecider(Caller caller, Approval approval) {
        if (!ApprovalRule.mayDecide(approval.deciders(), caller)) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The approval " + approval.id() + " is decided by "
                            + (approval.deciders().isEverybody()
                                    ? "administrators"
                                    : "the users and groups that it names")
                            + ", and " + caller.email() + " is not among them.");
        }
        if (approval.notRequester() && approval.requestedBy().equals(caller.userId())) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The approval " + approval.id() + " has to be decided by somebody else than " + caller.email()
                            + ", who asked for it.");
        }
    }

    private static ApiException over(Approval approval) {
        String by = approval.decidedBy() == null ? "" : " by " + approval.decidedBy();
        return ApiException.conflict("The approval " + approval.id() + " is over: it was "
                + approval.status().wireName() + by + ".");
    }

    /** Tells of an answer, and takes the timer away. */
    private void settled(Transaction transaction, Approval approval) {
        expiry.cancel(transaction, approval.id().toString());
        waiting.note(transaction, approval.executionId(), DECIDED, note(approval));
        publish(transaction, approval, "approval." + approval.status().wireName());
    }

    private void releaseIfAllAgreed(Transaction transaction, Approval approval) {
        if (store.pending(transaction, approval.executionId()).isEmpty()) {
            waiting.release(transaction, approval.executionId(), "It was approved.");
        }
    }

    private void refuse(Transaction transaction, Approval approval, String code, String why) {
        cancelOthers(transaction, approval.executionId());
        waiting.end(transaction, approval.executionId(), Ending.of(Status.FAILED, code, why));
    }

    private void cancelOthers(Transaction transaction, UUID execution) {
        for (Approval other : store.pending(transaction, execution)) {
            store.decide(transaction, other.id(), ApprovalStatus.CANCELLED, null, null, clock.instant())
                    .ifPresent(cancelled -> {
                        expiry.cancel(transaction, cancelled.id().toString());
                        publish(transaction, cancelled, "approval.cancelled");
                    });
        }
    }

    /** Nobody has to agree any more to what was cancelled before it began. */
    private void ended(Transaction transaction, Execution execution) {
        if (execution.status() == Status.CANCELLED && execution.startedAt() == null) {
            cancelOthers(transaction, execution.id());
        }
    }

    private Optional<Instant> expire(UUID id) {
        return database.inTransaction(transaction -> {
            Optional<Approval> found = store.find(transaction, id);
            if (found.isEmpty() || found.get().status() != ApprovalStatus.PENDING) {
                return Optional.empty();
            }
            if (found.get().expiresAt().isAfter(clock.instant())) {
                return found.map(Approval::expiresAt);
            }
            waiting.lock(transaction, found.get().executionId());
            store.decide(transaction, id, ApprovalStatus.EXPIRED, null, null, clock.instant())
                    .ifPresent(expired -> {
                        settled(transaction, expired);
                        refuse(
                                transaction,
                                expired,
                                "approval_expired",
                                "Nobody approved it before " + expired.expiresAt() + ".");
                    });
            return Optional.empty();
        });
    }
}
