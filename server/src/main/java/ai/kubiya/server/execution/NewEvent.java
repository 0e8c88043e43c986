package ai.kubiya.server.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** An event that has no number yet. */
public record NewEvent(Instant at, String type, ObjectNode data) {}
