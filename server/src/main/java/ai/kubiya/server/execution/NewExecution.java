package ai.kubiya.server.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An execution to be queued; see {@link Execution} for the fields. */
public record NewExecution(
        Kind kind,
        String subject,
        String runner,
        ObjectNode spec,
        @Nullable UUID sessionId) {}
