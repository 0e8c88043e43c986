package ai.kubiya.server.state;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.state.token.RunToken;
import ai.kubiya.server.state.token.RunTokens;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Locks and unlocks states as Terraform asks for it. */
public final class StateLocks {
    private final Database database;
    private final StateStore store = new StateStore();
    private final ProjectLookup projects;
    private final RunTokens tokens;
    private final AuditLog audit;
    private final Clock clock;

    public StateLocks(Database database, ProjectLookup projects, RunTokens tokens, AuditLog audit, Clock clock) {
        this.database = database;
        this.projects = projects;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Locks. The same lock once more is the same lock: Terraform asks again when it got no answer.
     *
     * @return the lock of somebody else that stands in the way; empty when it is the caller's now
     */
    Optional<HeldLock> lock(Caller caller, String project, ObjectNode body) {
        UUID id = projects.find(caller, project);
        LockRequest asked = LockRequest.toLock(body);
        return database.inTransaction(transaction -> {
            Optional<RunToken> token = tokens.of(transaction, caller);
            Optional<HeldLock> held = row(transaction, caller, project, id).lock();
            if (held.isPresent()) {
                return held.filter(lock -> !lock.id().equals(asked.id()));
            }
            HeldLock lock = new HeldLock(
                    asked.id(),
                    asked.info(),
                    caller.email(),
                    token.map(RunToken::executionId).orElse(null),
                    clock.instant());
            store.setLock(transaction, caller.organizationId(), id, lock);
            return Optional.empty();
        });
    }

    /**
     * Unlocks. What is not locked stays so: Terraform asks again when it got no answer.
     *
     * <p>{@code terraform force-unlock} names no lock in its request. So who names none may take the lock away from
     * whoever left it, but not from an execution that is at work: that one is to be cancelled.
     *
     * @throws ApiException 423 when it is the lock of somebody else
     */
    void unlock(Caller caller, String project, ObjectNode body) {
        UUID id = projects.find(caller, project);
        LockRequest asked = LockRequest.toUnlock(body);
        database.useTransaction(transaction -> {
            Optional<RunToken> token = tokens.of(transaction, caller);
            Optional<HeldLock> held = row(transaction, caller, project, id).lock();
            if (held.isEmpty()) {
                return;
            }
            requireMayUnlock(held.get(), asked, token);
            store.setLock(transaction, caller.organizationId(), id, null);
            if (!held.get().id().equals(asked.id())) {
                audit.add(transaction, caller, entry(id, project, held.get()));
            }
        });
    }

    private static void requireMayUnlock(HeldLock held, LockRequest asked, Optional<RunToken> token) {
        if (token.isPresent() && !token.get().executionId().equals(held.execution())) {
            throw refused(held, "a run releases no lock but its own");
        }
        boolean own = held.id().equals(asked.id());
        if (own || asked.force()) {
            return;
        }
        if (!asked.id().isEmpty()) {
            throw refused(held, "this request names another lock, " + asked.id());
        }
        if (held.execution() != null && token.isEmpty()) {
            throw refused(
                    held,
                    "that execution is at work; cancel it, or send {\"force\": true} to POST …/state/unlock to let it"
                            + " fail");
        }
    }

    private static ApiException refused(HeldLock held, String why) {
        return ApiException.of(ErrorCode.LOCKED, held.words() + ", and " + why + ". Nothing was changed.");
    }

    private StateRow row(Transaction transaction, Caller caller, String project, UUID id) {
        return store.lock(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("project", project));
    }

    private static AuditEntry entry(UUID projectId, String project, HeldLock held) {
        return AuditEntry.of("projects", "project_state", project, "force_unlock")
                .with("id", projectId)
                .with("lock_id", held.id())
                .with("locked_by", held.by())
                .with("execution_id", held.execution());
    }
}
