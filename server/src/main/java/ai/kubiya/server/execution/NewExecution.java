package ai.kubiya.server.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An execution to be queued; see {@link Execution} for the fields.
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
        @Nullable UUID sessionId) {

    /** For a runner that the caller named. */
    public NewExecution(Kind kind, String subject, String runner, ObjectNode spec, @Nullable UUID sessionId) {
        this(kind, subject, runner, null, spec, sessionId);
    }
}
