package ai.kubiya.server.knowledge;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Uuids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries somebody may read, as a condition on rows of {@code knowledge} under the alias {@code e}. Every statement
 * that shows anything of an entry has it.
 *
 * @param condition SQL without the organisation, which each statement names itself
 * @param values of the condition
 */
public record Reader(UUID organizationId, String condition, Map<String, Object> values) {
    private static final String OPEN = "(e.owner_id = :readerId OR e.visibility <> 'private'"
            + " AND (e.groups = '{}' OR e.groups && :readerGroups))";
    private static final String TOLD = " AND (e.supported_agents = '{}' AND e.supported_agents_groups = '{}'"
            + " OR :agentId = ANY (e.supported_agents) OR e.supported_agents_groups && :agentGroups)";

    public Reader {
        values = Map.copyOf(values);
    }

    /** The organisation and the condition, for a WHERE. */
    public String where() {
        return "e.organization_id = :organizationId AND " + condition;
    }

    /** The values of {@link #where}. */
    public Map<String, Object> whereValues() {
        Map<String, Object> all = new HashMap<>(values);
        all.put("organizationId", organizationId);
        return all;
    }

    /** At the API: administrators see everything, because somebody must be able to clear up. */
    public static Reader of(Caller caller) {
        return caller.may(Scope.ADMIN)
                ? new Reader(caller.organizationId(), "true", Map.of())
                : new Reader(caller.organizationId(), OPEN, values(caller));
    }

    /** For what the server does to entries that it knows by their ids, in somebody's name who need not read them. */
    public static Reader server(UUID organizationId) {
        return new Reader(organizationId, "true", Map.of());
    }

    /**
     * In a turn of an agent: what the one who speaks may read, administrators as everybody else, and what the agent may be
     * told.
     *
     * @param groups those that the agent talks to
     */
    public static Reader inTurn(Caller caller, UUID agent, List<UUID> groups) {
        Map<String, Object> values = values(caller);
        values.put("agentId", agent);
        values.put("agentGroups", List.copyOf(groups));
        return new Reader(caller.organizationId(), OPEN + TOLD, values);
    }

    /** Of those, only some. */
    public Reader narrowed(KnowledgeFilter filter) {
        StringBuilder conditions = new StringBuilder(condition);
        Map<String, Object> more = new HashMap<>(values);
        if (!filter.labels().isEmpty()) {
            conditions.append(" AND e.labels @> CAST(:labels AS text[])");
            more.put("labels", filter.labels());
        }
        if (filter.type() != null) {
            conditions.append(" AND e.type = :type");
            more.put("type", filter.type());
        }
        if (filter.visibility() != null) {
            conditions.append(" AND e.visibility = :visibility");
            more.put("visibility", filter.visibility().wireName());
        }
        return new Reader(organizationId, conditions.toString(), more);
    }

    private static Map<String, Object> values(Caller caller) {
        Map<String, Object> values = new HashMap<>();
        values.put("readerId", caller.userId());
        values.put(
                "readerGroups",
                caller.groups().stream()
                        .map(Uuids::parse)
                        .flatMap(Optional::stream)
                        .toList());
        return values;
    }
}
