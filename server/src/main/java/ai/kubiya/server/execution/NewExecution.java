package ai.kubiya.server.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An execution to be queued, or to wait first; see {@link Execution} for the fields.
 *
 * @param runnerWanted how the caller named the runner when this one was chosen for it: while it waits it may be given
 *     another one. Null when the caller named this one
 */
public record NewExecution(
        Kind kind,
        String subject,
        String runner,
        @Nullable String runnerWanted,
        ObjectNode spec,
        @Nullable UUID sessionId,
        Cause cause) {

    /** For a runner that the caller named. */
    public NewExecution(Kind kind, String subject, String runner, ObjectNode spec, @Nullable UUID sessionId) {
        this(kind, subject, runner, null, spec, sessionId, Cause.REQUEST);
    }

    public NewExecution because(Cause other) {
        return new NewExecution(kind, subject, runner, runnerWanted, spec, sessionId, other);
    }

    /** The same, but it begins to wait instead of to run; see {@link WaitingExecutions}. */
    public NewExecution waiting() {
        return because(new Cause(cause.parentId(), cause.taskId(), true));
    }

    /**
     * What an execution belongs to.
     *
     * @param parentId the execution that starts it
     * @param taskId the task that it is an attempt of
     * @param waits whether it has to be released before it is queued
     */
    public record Cause(@Nullable UUID parentId, @Nullable UUID taskId, boolean waits) {
        /** Somebody asked for it. */
        public static final Cause REQUEST = new Cause(null, null, false);

        public static Cause parent(UUID execution) {
            return new Cause(execution, null, false);
        }

        public static Cause task(UUID task) {
            return new Cause(null, task, false);
        }
    }
}
