package ai.kubiya.server.access;

import java.util.UUID;

/**
 * Which runner asks. It may do the work of that runner and nothing else.
 *
 * @param tokenId the token that it came with
 */
public record RunnerIdentity(UUID organizationId, UUID runnerId, String name, UUID tokenId, Origin origin) {}
