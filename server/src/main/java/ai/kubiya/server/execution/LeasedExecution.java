package ai.kubiya.server.execution;

import java.util.UUID;

/**
 * An execution in the hands of a worker.
 *
 * @param token what every write of this holder carries
 */
public record LeasedExecution(Execution execution, UUID token) {}
