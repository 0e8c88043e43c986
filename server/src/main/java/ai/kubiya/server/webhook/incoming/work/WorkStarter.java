package ai.kubiya.server.webhook.incoming.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.webhook.definition.Incoming;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts one kind of work and says what came of it. */
public interface WorkStarter {
    /** Whether this is what a webhook starts. */
    boolean starts(Incoming webhook);

    /**
     * Looks at what a webhook is to start.
     *
     * @throws ai.kubiya.server.http.ApiException 400 naming what is wrong
     */
    default void check(Caller caller, Incoming webhook) {}

    /**
     * Starts the work in a transaction of the caller's: it begins if that is committed, and only then.
     *
     * @param caller in whose name
     * @param message made of the webhook's template and the event
     * @throws ai.kubiya.server.http.ApiException when it cannot be started; the sentence is for the webhook's owner
     */
    Started start(Transaction transaction, Caller caller, Incoming webhook, String message);

    /** Work that will be done. */
    record Started(UUID executionId, @Nullable UUID sessionId) {}

    /** Whether an execution is work of this kind. */
    boolean did(Execution execution);

    /** What came of work that is over, in words. */
    String result(Execution execution) throws IOException, InterruptedException;
}
