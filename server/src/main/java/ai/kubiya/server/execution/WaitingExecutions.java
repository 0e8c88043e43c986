package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.signal.Bell;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends the waiting of executions. Whoever waits for one that waits itself, a turn for its tool, is in no worker's hands
 * meanwhile, and goes on when that one goes on or ends.
 */
public final class WaitingExecutions {
    private final ExecutionStore store = new ExecutionStore();
    private final ExecutionListeners listeners;
    private final Bell bell;
    private final Clock clock;

    WaitingExecutions(ExecutionListeners listeners, Bell bell, Clock clock) {
        this.listeners = listeners;
        this.bell = bell;
        this.clock = clock;
    }

    /** Locks an execution for changes of its waiting, and what has to be locked before it. */
    public void lock(Transaction transaction, UUID id) {
        store.lockWithAncestors(transaction, id);
    }

    /** Adds to the log of an execution that nobody holds and that is locked. */
    public void note(Transaction transaction, UUID id, String type, ObjectNode data) {
        store.appendEvents(transaction, id, List.of(new NewEvent(clock.instant(), type, data)));
        ringEvents(transaction, id);
    }

    /** What waited is queued. Nothing happens when it does not wait any more. */
    public void release(Transaction transaction, UUID id, String why) {
        store.lockWithAncestors(transaction, id);
        queue(transaction, id, why).ifPresent(execution -> wakeParent(transaction, execution));
    }

    private Optional<Execution> queue(Transaction transaction, UUID id, String why) {
        Optional<Execution> queued = store.queueWaiting(transaction, id);
        queued.ifPresent(execution -> {
            note(
                    transaction,
                    id,
                    "status",
                    Json.object().put("status", "queued").put("message", why));
            ringQueue(transaction, execution);
        });
        return queued;
    }

    /** What waited, or was queued, will not run. Empty when a worker has it, or when it is over. */
    public Optional<Execution> end(Transaction transaction, UUID id, Ending ending) {
        store.lockWithAncestors(transaction, id);
        Instant now = clock.instant();
        Optional<Execution> ended = store.endUnheld(transaction, id, ending, now);
        ended.ifPresent(execution -> {
            store.appendEvents(transaction, id, List.of(new NewEvent(now, "result", ExecutionService.result(ending))));
            ringEvents(transaction, id);
            wakeParent(transaction, execution);
            listeners.ended(transaction, execution);
        });
        return ended;
    }

    private void wakeParent(Transaction transaction, Execution child) {
        UUID parent = child.parentId();
        if (parent != null) {
            queue(transaction, parent, "What it waited for goes on.")
                    .ifPresent(woken -> wakeParent(transaction, woken));
        }
    }

    private void ringEvents(Transaction transaction, UUID id) {
        bell.ringOthers(transaction, Topics.events(id));
        transaction.afterCommit(() -> bell.ringHere(Topics.events(id)));
    }

    private void ringQueue(Transaction transaction, Execution execution) {
        String queue = Topics.queue(execution.kind(), execution.runner());
        bell.ringOthers(transaction, queue);
        transaction.afterCommit(() -> bell.ringHere(queue));
    }
}
