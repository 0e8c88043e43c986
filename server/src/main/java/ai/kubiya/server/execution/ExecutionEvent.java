package ai.kubiya.server.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One entry of an execution's log.
 *
 * @param seq 1 for the first, without gaps: what {@code Last-Event-ID} carries
 * @param type for tools {@code status}, {@code log}, {@code warning}, {@code result}; for turns see the chat events
 */
public record ExecutionEvent(long seq, Instant at, String type, ObjectNode data) {}
