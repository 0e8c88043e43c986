package ai.kubiya.server.knowledge;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Uuids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns the users, groups and agents that an entry names into ids, and notes those that there are not. */
public final class KnowledgeReferences {
    private final Lookup users;
    private final Lookup groups;
    private final Lookup agents;

    /** Finds one by id or name. */
    @FunctionalInterface
    public interface Lookup {
        Optional<UUID> find(Transaction transaction, Caller caller, String idOrName);
    }

    public KnowledgeReferences(Lookup users, Lookup groups, Lookup agents) {
        this.users = users;
        this.groups = groups;
        this.agents = agents;
    }

    /** @param before what is stored: what has gone since does not stand in the way of other changes; null = a new entry */
    Restrictions check(
            Transaction transaction,
            Caller caller,
            KnowledgeDefinition definition,
            @Nullable Restrictions before,
            JsonFields fields) {
        if (definition.visibility() == Visibility.PUBLIC && !definition.groups().isEmpty()) {
            fields.problem("/visibility", "must be organization or private where groups are named");
        }
        return new Restrictions(
                definition.visibility(),
                owner(
                        transaction,
                        caller,
                        definition.owner(),
                        before == null ? caller.userId() : before.owner(),
                        fields),
                each(
                        "groups",
                        definition.groups(),
                        before == null ? List.of() : before.groups(),
                        fields,
                        name -> groups.find(transaction, caller, name)),
                each(
                        "supported_agents",
                        definition.agents(),
                        before == null ? List.of() : before.agents(),
                        fields,
                        name -> agents.find(transaction, caller, name)),
                each(
                        "supported_agents_groups",
                        definition.agentsGroups(),
                        before == null ? List.of() : before.agentsGroups(),
                        fields,
                        name -> groups.find(transaction, caller, name)));
    }

    /** Who owns an entry may give it away, and administrators may. */
    private UUID owner(Transaction transaction, Caller caller, String name, UUID now, JsonFields fields) {
        if (name.isEmpty() || name.equalsIgnoreCase(now.toString())) {
            return now;
        }
        Optional<UUID> owner = users.find(transaction, caller, name);
        if (owner.isEmpty()) {
            fields.problem("/owner", "there is no user \"" + name + "\"");
        } else if (!owner.get().equals(now) && !now.equals(caller.userId()) && !caller.may(Scope.ADMIN)) {
            fields.problem("/owner", "can be changed by the owner and by administrators alone");
        }
        return owner.orElse(now);
    }

    private interface Named {
        Optional<UUID> find(String idOrName);
    }

    private static List<UUID> each(
            String field, List<String> names, Collection<UUID> kept, JsonFields fields, Named named) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip();
            Optional<UUID> id = Uuids.parse(name).filter(kept::contains).or(() -> named.find(name));
            if (id.isEmpty()) {
                String what = field.equals("supported_agents") ? "agent" : "group";
                fields.problem("/" + field + "/" + i, "there is no " + what + " \"" + name + "\"");
            }
            id.filter(one -> !ids.contains(one)).ifPresent(ids::add);
        }
        return ids;
    }
}
