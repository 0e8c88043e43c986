package ai.kubiya.protocol;

import java.util.UUID;

/**
 * Work handed to a runner until the lease ends. Every write for it carries the token, so that a holder whose lease
 * was given to somebody else can write nothing.
 *
 * @param attempt 1 for the first try
 */
public record Lease(UUID executionId, UUID token, int attempt, ToolRun run) {}
