package ai.kubiya.server.execution;

import java.util.UUID;

/**
 * A remote holder of leases.
 *
 * @param owner names the process; work that an earlier process of the same owner held has no holder any more
 */
public record Lessee(UUID organizationId, String runner, String owner) {}
