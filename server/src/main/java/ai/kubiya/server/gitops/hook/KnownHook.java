package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.gitops.event.GitHost;
import java.util.Optional;
import java.util.UUID;

/**
 * A hook as those need it who act on its events.
 *
 * @param repositoryUrl the only repository whose events count; empty = whichever
 * @param owner in whose name runs are started; empty when that user is not active any more
 */
public record KnownHook(
        UUID id,
        UUID organizationId,
        String name,
        GitHost host,
        String repositoryUrl,
        boolean enabled,
        Optional<Caller> owner) {}
