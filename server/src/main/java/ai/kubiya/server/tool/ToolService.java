package ai.kubiya.server.tool;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.tool.definition.ParsedTool;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.definition.ToolDefinitionParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and searches tools; creates, changes and removes those of inline sources. */
public final class ToolService {
    private final Database database;
    private final ToolStore store = new ToolStore();
    private final AuditLog audit;
    private final Clock clock;

    public ToolService(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    public Page<Tool> list(Caller caller, @Nullable UUID sourceId, @Nullable String query, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), sourceId, query, range));
    }

    /** The tools of one source in the form of the wire. */
    public List<ObjectNode> jsonOfSource(Caller caller, UUID sourceId) {
        return list(caller, sourceId, null, Page.Range.ALL).rows().stream()
                .map(ToolJson::of)
                .toList();
    }

    /** Tools of these sources, and tools of these names wherever they are. */
    public List<Tool> findFor(UUID organizationId, List<UUID> sources, List<String> names) {
        return database.read(transaction -> store.findFor(transaction, organizationId, sources, names));
    }

    /**
     * Tools that can be run, in the order of their names, each under the name that models know it by.
     *
     * @param after where the page before ended
     * @param reserved names that none of them gets
     */
    public SequencedMap<String, Tool> runnable(
            Caller caller, Set<String> reserved, @Nullable ToolPlace after, int limit) {
        return database.read(transaction -> {
            List<Tool> tools = store.runnable(transaction, caller.organizationId(), after, limit);
            Map<UUID, String> names = new ModelNames(store, transaction, caller.organizationId(), reserved).of(tools);
            SequencedMap<String, Tool> named = new LinkedHashMap<>();
            tools.forEach(tool -> named.put(names.getOrDefault(tool.id(), tool.name()), tool));
            return named;
        });
    }

    /** The tool that models know by this name. */
    public Optional<Tool> findRunnable(Caller caller, Set<String> reserved, String name) {
        return database.read(transaction -> new ModelNames(store, transaction, caller.organizationId(), reserved)
                .find(name)
                .flatMap(id -> store.find(transaction, caller.organizationId(), id)));
    }

    /** By uuid, or by name where only one source has it. */
    public Tool get(Caller caller, String idOrName, @Nullable UUID sourceId) {
        return database.read(transaction -> get(transaction, caller, idOrName, sourceId));
    }

    private Tool get(Transaction transaction, Caller caller, String idOrName, @Nullable UUID sourceId) {
        var id = Uuids.parse(idOrName);
        if (id.isPresent()) {
            return store.find(transaction, caller.organizationId(), id.get())
                    .orElseThrow(() -> ApiException.notFound("tool", idOrName));
        }
        List<Tool> found = store.findByName(transaction, caller.organizationId(), idOrName, sourceId);
        if (found.isEmpty()) {
            throw ApiException.notFound("tool", idOrName);
        }
        if (found.size() > 1) {
            String where = found.stream()
                    .map(tool -> tool.sourceId() + " (" + tool.sourceName() + ")")
                    .collect(Collectors.joining(", "));
            throw ApiException.conflict(
                    "Several sources have a tool \"" + idOrName + "\": " + where + ". Say which with the source's id.");
        }
        return found.getFirst();
    }

    /** Creates a tool in the organisation's own inline source. */
    public Tool create(Caller caller, ToolDefinition definition) {
        return database.inTransaction(transaction -> {
            UUID source = store.homeSource(
                    transaction,
                    caller.organizationId(),
                    Uuids.next(clock),
                    Runners.LOCAL,
                    caller.email(),
                    clock.instant());
            refuseTaken(transaction, caller, definition.name(), source, null);
            UUID id = Uuids.next(clock);
            store.insert(transaction, id, caller.organizationId(), source, definition, clock.instant());
            store.refreshInline(transaction, source, clock.instant());
            Tool tool = get(transaction, caller, id.toString(), null);
            audit.add(transaction, caller, entry(tool, "create"));
            return tool;
        });
    }

    /**
     * Changes a tool.
     *
     * @param known what the client knew of it
     * @param change makes the new definition of the stored tool
     */
    public Tool update(
            Caller caller,
            String idOrName,
            @Nullable UUID sourceId,
            Precondition known,
            Function<Tool, ToolDefinition> change) {
        return database.inTransaction(transaction -> {
            Tool tool = locked(transaction, caller, idOrName, sourceId, known);
            ToolDefinition definition = change.apply(tool);
            refuseTaken(transaction, caller, definition.name(), tool.sourceId(), tool.id());
            store.update(transaction, tool.id(), definition, clock.instant());
            store.refreshInline(transaction, tool.sourceId(), clock.instant());
            audit.add(transaction, caller, entry(tool, "update"));
            return get(transaction, caller, tool.id().toString(), null);
        });
    }

    /** A tool that may be changed, as it is now and stays until the transaction ends. */
    private Tool locked(
            Transaction transaction, Caller caller, String idOrName, @Nullable UUID sourceId, Precondition known) {
        Tool found = editable(get(transaction, caller, idOrName, sourceId));
        store.lockSource(transaction, found.sourceId());
        Tool tool = get(transaction, caller, found.id().toString(), null);
        known.check(tool.id(), tool.version());
        return tool;
    }

    public void delete(Caller caller, String idOrName, @Nullable UUID sourceId, Precondition known) {
        database.useTransaction(transaction -> {
            Tool tool = locked(transaction, caller, idOrName, sourceId, known);
            store.delete(transaction, tool.id());
            store.refreshInline(transaction, tool.sourceId(), clock.instant());
            audit.add(transaction, caller, entry(tool, "delete"));
        });
    }

    private static AuditEntry entry(Tool tool, String action) {
        return AuditEntry.of("tools", "tool", tool.name(), action)
                .with("id", tool.id())
                .with("source_id", tool.sourceId());
    }

    private void refuseTaken(Transaction transaction, Caller caller, String name, UUID source, @Nullable UUID except) {
        boolean taken = store.findByName(transaction, caller.organizationId(), name, source).stream()
                .anyMatch(tool -> !tool.id().equals(except));
        if (taken) {
            throw ApiException.conflict("There is a tool \"" + name + "\" already; update it or choose another name.");
        }
    }

    private static Tool editable(Tool tool) {
        if (!tool.sourceType().equals("inline")) {
            throw ApiException.conflict("The tool \"" + tool.name() + "\" comes from the " + tool.sourceType()
                    + " source \"" + tool.sourceName() + "\"; change it there and sync the source.");
        }
        return tool;
    }

    /** Reads a definition that is not saved; it may leave out its name and description. */
    public static ToolDefinition parseUnsaved(JsonNode json, String name, String pointer) {
        if (!(json instanceof ObjectNode sent)) {
            throw ApiException.invalid(pointer, "must be an object, got " + JsonFields.kind(json));
        }
        ObjectNode complete = sent.deepCopy();
        if (!complete.hasNonNull("name")) {
            complete.put("name", name.isEmpty() ? "unnamed" : name);
        }
        if (complete.path("description").asText().isBlank()) {
            complete.put("description", complete.path("name").asText());
        }
        return parse(complete, pointer);
    }

    /**
     * Reads a definition that a client sent.
     *
     * @param pointer where it stands in the body
     */
    public static ToolDefinition parse(JsonNode json, String pointer) {
        return switch (ToolDefinitionParser.parse(json)) {
            case ParsedTool.Valid(ToolDefinition definition) -> definition;
            case ParsedTool.Invalid(var problems) ->
                throw ApiException.invalid(problems.stream()
                        .map(problem -> new FieldProblem(pointer + problem.pointer(), problem.message()))
                        .toList());
        };
    }
}
