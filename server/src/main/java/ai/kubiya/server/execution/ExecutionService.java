package ai.kubiya.server.execution;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts, reads, follows and cancels executions for those who ask. */
public final class ExecutionService {
    private final Database database;
    private final ExecutionStore store = new ExecutionStore();
    private final Bell bell;
    private final AuditLog audit;
    private final Clock clock;
    private final ExecutionListeners listeners = new ExecutionListeners();
    private final WaitingExecutions waiting;
    private volatile ConversationAccess conversations = ConversationAccess.NONE;

    public ExecutionService(Database database, Bell bell, AuditLog audit, EventLog events, Clock clock) {
        this.database = database;
        this.bell = bell;
        this.audit = audit;
        listeners.add(new EndNews(events));
        this.clock = clock;
        this.waiting = new WaitingExecutions(listeners, bell, clock);
    }

    public ExecutionListeners listeners() {
        return listeners;
    }

    public WaitingExecutions waiting() {
        return waiting;
    }

    /** Says who may see what ran in conversations; to be called once, by the wiring. */
    public void guardedBy(ConversationAccess access) {
        conversations = access;
    }

    /** Queues an execution; once this returns it will run or be reported as lost. */
    public Execution start(Caller caller, NewExecution input) {
        Execution execution = database.inTransaction(transaction -> start(transaction, caller, input));
        started(execution);
        return execution;
    }

    /** As {@link #start(Caller, NewExecution)} in a transaction of the caller's, who calls {@link #started} after it. */
    public Execution start(Transaction transaction, Caller caller, NewExecution input) {
        Execution execution = store.insert(
                transaction, Uuids.next(clock), caller.organizationId(), caller.userId(), input, clock.instant());
        if (execution.status() == Status.QUEUED) {
            bell.ringOthers(transaction, Topics.queue(input.kind(), input.runner()));
        }
        if (input.kind() == Kind.TOOL) {
            // A turn is noted by those who begin it, as something that was said.
            audit.add(transaction, caller, entry(execution, "execute"));
        }
        return execution;
    }

    private static AuditEntry entry(Execution execution, String action) {
        String resource =
                execution.kind() == Kind.TOOL ? "tool" : execution.kind().wireName();
        return AuditEntry.of("tool_execution", resource, execution.subject(), action)
                .under(execution.subject())
                .with("id", execution.id())
                .with("runner", execution.runner())
                .with("session_id", execution.sessionId());
    }

    /** Adds an event to the log of an execution that was just queued and that nobody has yet. */
    public void note(Transaction transaction, Execution queued, NewEvent event) {
        store.appendEvents(transaction, queued.id(), List.of(event));
    }

    public void started(Execution execution) {
        bell.ringHere(Topics.queue(execution.kind(), execution.runner()));
    }

    /** @throws ApiException 403 when it ran in a conversation that is not open to the caller */
    public Execution get(Caller caller, UUID id) {
        Execution execution =
                find(caller.organizationId(), id).orElseThrow(() -> ApiException.notFound("execution", id));
        UUID session = execution.sessionId();
        if (session != null && !seesAll(caller, execution.createdBy()) && !conversations.isOpenTo(caller, session)) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The execution " + id + " belongs to a conversation with an agent that does not talk to you.");
        }
        return execution;
    }

    private static boolean seesAll(Caller caller, UUID owner) {
        return owner.equals(caller.userId()) || caller.may(Scope.ADMIN);
    }

    public Optional<Execution> find(UUID organizationId, UUID id) {
        return database.read(transaction -> store.find(transaction, organizationId, id));
    }

    public Page<Execution> list(
            Caller caller, @Nullable Kind kind, @Nullable Status status, @Nullable String subject, Page.Range range) {
        var filter = caller.may(Scope.ADMIN)
                ? new ExecutionStore.Filter(kind, status, subject, null, List.of())
                : new ExecutionStore.Filter(kind, status, subject, caller.userId(), conversations.closedAgents(caller));
        return database.read(transaction -> store.list(transaction, caller.organizationId(), filter, range));
    }

    /** Events after a number, in order. The caller has already been allowed to see the execution. */
    public List<ExecutionEvent> events(Execution execution, long after, int limit) {
        return database.read(transaction -> store.events(transaction, execution.id(), after, limit));
    }

    /** The last events of a type, newest first, those of this transaction included. */
    public List<ExecutionEvent> lastEvents(Transaction transaction, UUID execution, String type, int limit) {
        return store.lastEvents(transaction, execution, type, limit);
    }

    /** The attempts of a task, the first one first. */
    public List<Execution> ofTask(UUID organizationId, UUID task) {
        return database.read(transaction -> store.ofTask(transaction, organizationId, task));
    }

    /**
     * Cancels. What waits or is queued ends at once; what runs is stopped by its runner, usually within a second. Cancelling
     * what is over changes nothing and answers it as it is.
     */
    public Execution cancel(Caller caller, UUID id) {
        Execution known = get(caller, id);
        return cancelIfAny(caller, known.id()).orElseGet(() -> get(caller, id));
    }

    /** As {@link #cancel}. Empty when there was nothing left to cancel. */
    public Optional<Execution> cancelIfAny(Caller caller, UUID id) {
        return database.inTransaction(transaction -> cancelIfAny(transaction, caller, id));
    }

    /** As {@link #cancelIfAny(Caller, UUID)} within a transaction. */
    public Optional<Execution> cancelIfAny(Transaction transaction, Caller caller, UUID id) {
        UUID organizationId = caller.organizationId();
        String by = caller.email();
        waiting.lock(transaction, id);
        Optional<Execution> found = store.requestCancel(transaction, organizationId, id, by, clock.instant());
        if (found.isEmpty()) {
            return found;
        }
        Ending ending = Ending.of(Status.CANCELLED, "cancelled", "It was cancelled by " + by + ".");
        if (waiting.end(transaction, id, ending).isPresent()) {
            // No worker has it that would stop what it started.
            store.unfinishedChildren(transaction, id).forEach(child -> cancelIfAny(transaction, caller, child.id()));
        }
        String wishes = Topics.wishes(organizationId, found.get().runner());
        List<String> topics = List.of(Topics.events(id), Topics.cancellation(id), wishes);
        topics.forEach(topic -> bell.ringOthers(transaction, topic));
        audit.add(transaction, caller, entry(found.get(), "cancel"));
        transaction.afterCommit(() -> topics.forEach(bell::ringHere));
        return store.find(transaction, organizationId, id);
    }

    /** Calls a listener with the id of every execution whose cancellation is asked for. */
    public void onCancellation(Consumer<UUID> listener) {
        bell.signals().onEach(Topics.CANCELLATION, topic -> listener.accept(Topics.cancelled(topic)));
    }

    /** Wakes when an execution has new events. */
    public Signals.Subscription watch(UUID id) {
        return bell.signals().subscribe(Topics.events(id));
    }

    /** Wakes when somebody cancels an execution. */
    public Signals.Subscription watchCancellation(UUID id) {
        return bell.signals().subscribe(Topics.cancellation(id));
    }

    /** Waits until an execution is over, or the time is. Answers it as it then is. */
    public Execution await(UUID organizationId, UUID id, Duration atMost) throws InterruptedException {
        Instant end = clock.instant().plus(atMost);
        try (Signals.Subscription subscription = watch(id)) {
            while (true) {
                Execution execution =
                        find(organizationId, id).orElseThrow(() -> ApiException.notFound("execution", id));
                Duration left = Duration.between(clock.instant(), end);
                if (execution.status().isOver() || left.isNegative() || left.isZero()) {
                    return execution;
                }
                // Signals from other servers can be lost with their connection; a look now and then costs little.
                subscription.await(left.compareTo(Duration.ofSeconds(2)) < 0 ? left : Duration.ofSeconds(2));
            }
        }
    }

    /** The last event of every execution. */
    static ObjectNode result(Ending ending) {
        return Json.object()
                .put("status", ending.status().wireName())
                .put("exit_code", ending.exitCode())
                .put("error_code", ending.errorCode())
                .put("message", ending.errorMessage())
                .put("duration_ms", ending.durationMillis())
                .put("output_bytes", ending.outputBytes())
                .put("dropped_bytes", ending.droppedBytes());
    }
}
