package ai.kubiya.protocol.remote;

import java.util.List;
import java.util.UUID;

/**
 * Answer to {@code heartbeat}.
 *
 * @param cancel executions whose cancellation was asked for
 * @param abandon executions whose lease is lost
 * @param restart whether the process is to end its work and to start anew
 * @param replaced another process has registered as the same instance: this one is to go
 */
public record HeartbeatAnswer(List<UUID> cancel, List<UUID> abandon, boolean restart, boolean replaced) {}
