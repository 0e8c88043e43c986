package ai.kubiya.server.agent;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes agents. */
public final class AgentService {
    private final Database database;
    private final AgentStore store = new AgentStore();
    private final AgentReferences references;
    private final AuditLog audit;
    private final EventLog events;
    private final Clock clock;

    public AgentService(Database database, AgentReferences references, AuditLog audit, EventLog events, Clock clock) {
        this.database = database;
        this.references = references;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    public Page<Agent> list(Caller caller, @Nullable String name, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), name, range));
    }

    public Agent get(Caller caller, String idOrName) {
        return database.read(transaction -> get(transaction, caller, idOrName));
    }

    public Optional<Agent> find(UUID organizationId, UUID id) {
        return database.read(transaction -> store.find(transaction, organizationId, id));
    }

    /** As {@link #find(UUID, UUID)} within a transaction. */
    public Optional<Agent> find(Transaction transaction, UUID organizationId, UUID id) {
        return store.find(transaction, organizationId, id);
    }

    /** By id or by a name that only one has. */
    public Optional<Agent> find(Transaction transaction, Caller caller, String idOrName) {
        Optional<UUID> id = Uuids.parse(idOrName);
        if (id.isPresent()) {
            return store.find(transaction, caller.organizationId(), id.get());
        }
        List<Agent> named = store.findByName(transaction, caller.organizationId(), idOrName);
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /** Ids of the agents that do not talk to the caller. */
    public List<UUID> closedTo(Caller caller) {
        return database.read(transaction -> store.withAudience(transaction, caller.organizationId())).stream()
                .filter(agent -> !agent.audience().admits(caller))
                .map(AgentStore.WithAudience::id)
                .toList();
    }

    private Agent get(Transaction transaction, Caller caller, String idOrName) {
        Optional<UUID> id = Uuids.parse(idOrName);
        if (id.isPresent()) {
            return store.find(transaction, caller.organizationId(), id.get())
                    .orElseThrow(() -> ApiException.notFound("agent", idOrName));
        }
        List<Agent> found = store.findByName(transaction, caller.organizationId(), idOrName);
        if (found.isEmpty()) {
            throw ApiException.notFound("agent", idOrName);
        }
        if (found.size() > 1) {
            throw ApiException.conflict("Several agents are called \"" + idOrName + "\"; use one of the ids "
                    + found.stream().map(agent -> agent.id().toString()).collect(Collectors.joining(", ")) + ".");
        }
        return found.getFirst();
    }

    /**
     * Creates an agent.
     *
     * @throws ApiException 400 naming every field that is wrong or refers to nothing
     */
    public Agent create(Caller caller, ObjectNode body, boolean strict) {
        AgentDefinition definition = checked(caller, body, Set.of(), strict);
        Instant now = clock.instant();
        Agent agent = new Agent(
                Uuids.next(clock),
                caller.organizationId(),
                caller.organizationName(),
                definition,
                caller.email(),
                caller.email(),
                now,
                now,
                1);
        database.useTransaction(transaction -> {
            store.insert(transaction, agent);
            audit.add(transaction, caller, entry(agent, "create"));
            tell(transaction, caller, agent, "created");
        });
        return agent;
    }

    private AgentDefinition checked(Caller caller, ObjectNode body, Set<String> kept, boolean strict) {
        JsonFields fields = new JsonFields(body);
        AgentDefinition definition = AgentDefinition.of(fields);
        references.check(caller, definition, kept, fields);
        fields.check(strict);
        return definition;
    }

    /**
     * Changes an agent.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    public Agent update(
            Caller caller, String idOrName, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return database.inTransaction(transaction -> {
            UUID id = get(transaction, caller, idOrName).id();
            store.lock(transaction, id);
            Agent current = get(transaction, caller, id.toString());
            known.check(id, current.version());
            AgentDefinition stored = current.definition();
            AgentDefinition definition = checked(caller, change.apply(stored.toJson()), stored.references(), strict);
            store.update(transaction, id, definition, caller.email(), clock.instant());
            audit.add(transaction, caller, entry(current, "update"));
            Agent changed = get(transaction, caller, id.toString());
            tell(transaction, caller, changed, "updated");
            return changed;
        });
    }

    public void delete(Caller caller, String idOrName, Precondition known) {
        database.useTransaction(transaction -> {
            UUID id = get(transaction, caller, idOrName).id();
            store.lock(transaction, id);
            Agent agent = get(transaction, caller, id.toString());
            known.check(id, agent.version());
            store.delete(transaction, id);
            audit.add(transaction, caller, entry(agent, "delete"));
            tell(transaction, caller, agent, "deleted");
        });
    }

    private void tell(Transaction transaction, Caller caller, Agent agent, String what) {
        ObjectNode data = AgentJson.forSubscribers(agent).put("user", caller.email());
        events.append(
                transaction,
                caller.organizationId(),
                new NewEvent("teammate." + what, "teammate", agent.id().toString(), data));
    }

    private static AuditEntry entry(Agent agent, String action) {
        return AuditEntry.of("agents", "agent", agent.name(), action).with("id", agent.id());
    }
}
