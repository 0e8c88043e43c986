package ai.kubiya.server.knowledge;

import java.util.List;
import java.util.UUID;

/**
 * Whom an entry is for.
 *
 * @param groups whose members may read it; empty = everybody whom the visibility admits
 * @param agents which are told of it; with {@code agentsGroups} empty too, all are
 * @param agentsGroups agents that talk to one of these groups are told of it as well
 */
public record Restrictions(
        Visibility visibility, UUID owner, List<UUID> groups, List<UUID> agents, List<UUID> agentsGroups) {
    public Restrictions {
        groups = List.copyOf(groups);
        agents = List.copyOf(agents);
        agentsGroups = List.copyOf(agentsGroups);
    }

    /** Whether somebody in the organisation may not read it. */
    public boolean isForSome() {
        return visibility == Visibility.PRIVATE || !groups.isEmpty();
    }
}
