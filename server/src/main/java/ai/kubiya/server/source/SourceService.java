package ai.kubiya.server.source;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.source.git.GitLocation;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Adds, syncs and removes sources. The slow part, the look at the place, is always outside of a transaction. */
public final class SourceService {
    private final Database database;
    private final SourceStore store = new SourceStore();
    private final SourceScan scan;
    private final Runners runners;
    private final AuditLog audit;
    private final SourceNews news;
    private final Clock clock;
    private final String node;

    /**
     * The service.
     *
     * @param events is told of syncs
     * @param node names this installation; the same after a restart
     */
    public SourceService(
            Database database,
            SourceScan scan,
            Runners runners,
            AuditLog audit,
            EventLog events,
            Clock clock,
            String node) {
        this.database = database;
        this.runners = runners;
        this.scan = scan;
        this.audit = audit;
        this.news = new SourceNews(events);
        this.clock = clock;
        this.node = node;
    }

    /** What a place holds, unsaved. */
    Loaded loadBoth(Caller caller, SourceInput input) {
        return loaded(caller, input, type(input), look(input));
    }

    Loaded loadZip(Caller caller, SourceInput input, Path archive) {
        return loaded(caller, input, SourceType.ZIP, scan.zip(archive, input.dynamicConfig()));
    }

    /** A source and its tools that are not saved. */
    record Loaded(Source source, List<ToolDefinition> tools) {}

    private Loaded loaded(Caller caller, SourceInput input, SourceType type, Finding finding) {
        return new Loaded(source(caller, input, type, finding, finding.tools().size()), finding.tools());
    }

    public Source create(Caller caller, SourceInput input) {
        return save(caller, input, type(input), look(input));
    }

    public Source createZip(Caller caller, SourceInput input, Path archive) {
        return save(caller, input, SourceType.ZIP, scan.zip(archive, input.dynamicConfig()));
    }

    private Source save(Caller caller, SourceInput input, SourceType type, Finding finding) {
        Source source = source(caller, input, type, finding, finding.tools().size());
        return database.inTransaction(transaction -> {
            store.insert(transaction, source);
            store.replaceTools(transaction, source, finding.tools(), clock);
            audit.add(transaction, caller, entry(source, "create", finding));
            return news.synced(transaction, get(transaction, caller, source.id()));
        });
    }

    private static AuditEntry entry(Source source, String action) {
        return AuditEntry.of("sources", "source", source.name(), action)
                .with("id", source.id())
                .with("type", source.type().wireName());
    }

    private static AuditEntry entry(Source source, String action, Finding finding) {
        return entry(source, action)
                .with("commit", finding.commit())
                .with("tools", finding.tools().size())
                .with("errors", finding.errors().size());
    }

    private Finding look(SourceInput input) {
        return input.url() == null
                ? Finding.inline(input)
                : scan.git(input.url(), input.branch(), input.dynamicConfig());
    }

    private static SourceType type(SourceInput input) {
        if (input.url() != null) {
            if (!input.inlineTools().isEmpty()) {
                throw ApiException.invalid("/inline_tools", "cannot be sent together with url");
            }
            return SourceType.GIT;
        }
        if (input.inlineTools().isEmpty() && input.inlineWorkflows().isEmpty()) {
            throw ApiException.invalid("/url", "is required, or send inline_tools");
        }
        return SourceType.INLINE;
    }

    private Source source(Caller caller, SourceInput input, SourceType type, Finding finding, int tools) {
        Instant now = clock.instant();
        return new Source(
                Uuids.next(clock),
                caller.organizationId(),
                name(input, type),
                type,
                input.url(),
                input.branch() != null ? input.branch() : finding.branch(),
                finding.commit(),
                "active",
                input.runner(),
                input.dynamicConfig(),
                input.inlineTools(),
                input.inlineWorkflows(),
                finding.workflows(),
                finding.errors(),
                input.metadata(),
                input.managedBy(),
                input.taskId(),
                caller.email(),
                caller.email(),
                now,
                now,
                now,
                tools,
                0,
                1);
    }

    private static String name(SourceInput input, SourceType type) {
        if (input.name() != null) {
            return input.name();
        }
        return input.url() == null
                ? type.wireName()
                : GitLocation.of(input.url()).suggestedName();
    }

    public Page<Source> list(Caller caller, @Nullable String type, @Nullable String status, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), type, status, range));
    }

    /** By uuid, or by name where only one has it. */
    public Source get(Caller caller, String idOrName) {
        return database.read(transaction -> get(transaction, caller, idOrName));
    }

    private Source get(Transaction transaction, Caller caller, String idOrName) {
        return Uuids.parse(idOrName)
                .map(id -> get(transaction, caller, id))
                .orElseGet(() -> byName(transaction, caller, idOrName));
    }

    /** As it is now, and as it stays until the transaction ends. */
    private Source locked(Transaction transaction, Caller caller, String idOrName, Precondition known) {
        UUID id = get(transaction, caller, idOrName).id();
        store.lock(transaction, id);
        Source source = get(transaction, caller, id);
        known.check(id, source.version());
        return source;
    }

    private Source get(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("source", id));
    }

    private Source byName(Transaction transaction, Caller caller, String name) {
        List<Source> found = store.findByName(transaction, caller.organizationId(), name);
        if (found.isEmpty()) {
            throw ApiException.notFound("source", name);
        }
        if (found.size() > 1) {
            throw ambiguous("sources", name, found.stream().map(Source::id).toList());
        }
        return found.getFirst();
    }

    private static ApiException ambiguous(String what, String name, List<UUID> ids) {
        return ApiException.conflict("Several " + what + " are called \"" + name + "\"; use one of the ids "
                + String.join(", ", ids.stream().map(UUID::toString).toList()) + ".");
    }

    /** The workflows of all sources, by name. */
    public Page<SourceWorkflow> workflows(Caller caller, Page.Range range) {
        return database.read(transaction -> store.workflows(transaction, caller.organizationId(), null, range));
    }

    /** The workflows of a name; several sources may have one. */
    public List<SourceWorkflow> workflowsNamed(Caller caller, String name) {
        return database.read(transaction -> store.workflows(transaction, caller.organizationId(), name, Page.Range.ALL)
                .rows());
    }

    /** The sources that an agent uses; the agent by uuid or name. */
    public List<Source> ofAgent(Caller caller, String agent) {
        return database.read(transaction -> {
            List<UUID> found = store.agents(transaction, caller.organizationId(), agent);
            if (found.isEmpty()) {
                throw ApiException.notFound("agent", agent);
            }
            if (found.size() > 1) {
                throw ambiguous("agents", agent, found);
            }
            return store.ofAgent(transaction, caller.organizationId(), found.getFirst());
        });
    }

    /** Whether these ids name sources of the organisation, in their order; the missing ones come back. */
    public List<UUID> missing(Caller caller, List<UUID> ids) {
        List<UUID> existing = database.read(transaction -> store.existing(transaction, caller.organizationId(), ids));
        return ids.stream().filter(id -> !existing.contains(id)).toList();
    }

    /** Looks at the source's place again. The tools of the last good sync stay when it fails. */
    public Source sync(Caller caller, String idOrName, @Nullable String branch, @Nullable ObjectNode dynamicConfig) {
        Source source = get(caller, idOrName);
        if (source.type() == SourceType.ZIP) {
            throw ApiException.conflict(
                    "This source was uploaded as a zip; upload it again at zip/sync/" + source.id() + " to change it.");
        }
        SourceInput input = SourceInput.withChanges(source, branch, dynamicConfig);
        return syncWith(caller, source, Precondition.NONE, "sync", input, () -> look(input));
    }

    public Source syncZip(Caller caller, String idOrName, SourceInput changes, Path archive) {
        Source source = get(caller, idOrName);
        if (source.type() != SourceType.ZIP) {
            throw ApiException.conflict("This source is not an uploaded zip; sync it without one.");
        }
        ObjectNode config = changes.dynamicConfig().isEmpty() ? source.dynamicConfig() : changes.dynamicConfig();
        SourceInput input = SourceInput.withChanges(source, null, config);
        return syncWith(caller, source, Precondition.NONE, "sync", input, () -> scan.zip(archive, config));
    }

    /**
     * Changes fields; the place is looked at again when what is found there may differ.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    public Source update(
            Caller caller, String idOrName, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        Source source = get(caller, idOrName);
        SourceInput input = changedInput(caller, source, change, strict);
        if (source.type() == SourceType.ZIP) {
            return database.inTransaction(transaction -> {
                Source now = locked(transaction, caller, idOrName, known);
                update(transaction, changed(caller, now, changedInput(caller, now, change, strict), null));
                audit.add(transaction, caller, entry(now, "update"));
                return get(transaction, caller, source.id());
            });
        }
        return syncWith(caller, source, known, "update", input, () -> look(input));
    }

    /** Says which runners there are for somebody. */
    Predicate<String> runners(Caller caller) {
        return name -> runners.knows(caller, name);
    }

    private SourceInput changedInput(Caller caller, Source source, UnaryOperator<ObjectNode> change, boolean strict) {
        // A runner that has gone since does not stand in the way of other changes.
        Predicate<String> known = runners(caller).or(source.runner()::equals);
        SourceInput input = SourceInput.of(change.apply(SourceJson.writable(source)), strict, known);
        boolean wantsUrl = source.type() == SourceType.GIT;
        if (wantsUrl != (input.url() != null)) {
            throw ApiException.invalid(
                    "/url", "a source of type " + source.type().wireName() + " stays one; make a new source");
        }
        return input;
    }

    private interface Look {
        Finding look();
    }

    private Source syncWith(
            Caller caller, Source source, Precondition known, String action, SourceInput input, Look look) {
        database.useTransaction(transaction -> {
            Source now = locked(transaction, caller, source.id().toString(), known);
            if (!store.beginSync(transaction, source.id(), node)) {
                throw ApiException.conflict("This source is being synced already; wait for that to end.");
            }
            if (now.version() != source.version()) {
                // What is about to be written was made from what it was.
                throw ApiException.conflict("Somebody else changed this source just now; send the request again.");
            }
        });
        try {
            Finding finding = look.look();
            Source changed = changed(caller, source, input, finding);
            return database.inTransaction(transaction -> {
                update(transaction, changed);
                store.replaceTools(transaction, changed, finding.tools(), clock);
                audit.add(transaction, caller, entry(changed, action, finding));
                return news.synced(transaction, get(transaction, caller, source.id()));
            });
        } catch (RuntimeException e) {
            String reason = e instanceof ApiException refusal ? refusal.details() : "the server failed; see its log";
            failed(caller, source, action, reason);
            throw e;
        }
    }

    /** The source may have been deleted since it was read. */
    private void update(Transaction transaction, Source source) {
        if (!store.update(transaction, source)) {
            throw ApiException.notFound("source", source.id());
        }
    }

    private void failed(Caller caller, Source source, String action, String reason) {
        database.useTransaction(transaction -> {
            store.failSync(transaction, source.id(), SourceJson.errors("SyncFailed", reason), clock.instant());
            audit.add(
                    transaction,
                    caller,
                    entry(source, action).with("reason", reason).refused());
            store.find(transaction, caller.organizationId(), source.id())
                    .ifPresent(failed -> news.failed(transaction, failed, reason));
        });
    }

    /** At start: syncs that an earlier process of this installation did not finish. */
    public int failInterrupted() {
        String reason = "the server stopped during the sync; sync again";
        return database.inTransaction(transaction -> {
            List<Source> failed = store.failInterrupted(
                    transaction, node, SourceJson.errors("SyncInterrupted", reason), clock.instant());
            failed.forEach(source -> news.failed(transaction, source, reason));
            return failed.size();
        });
    }

    private Source changed(Caller caller, Source old, SourceInput input, @Nullable Finding finding) {
        Instant now = clock.instant();
        return new Source(
                old.id(),
                old.organizationId(),
                input.name() == null ? old.name() : input.name(),
                old.type(),
                input.url(),
                finding == null || input.branch() != null ? input.branch() : finding.branch(),
                finding == null ? old.commit() : finding.commit(),
                "active",
                input.runner(),
                input.dynamicConfig(),
                input.inlineTools(),
                input.inlineWorkflows(),
                finding == null ? old.workflows() : finding.workflows(),
                finding == null ? old.errors() : finding.errors(),
                input.metadata(),
                input.managedBy(),
                input.taskId(),
                old.createdBy(),
                caller.email(),
                finding == null ? old.lastSyncedAt() : now,
                old.createdAt(),
                now,
                old.tools(),
                old.agents(),
                old.version());
    }

    public void delete(Caller caller, String idOrName, Precondition known) {
        database.useTransaction(transaction -> {
            Source source = locked(transaction, caller, idOrName, known);
            store.delete(transaction, caller.organizationId(), source.id());
            audit.add(transaction, caller, entry(source, "delete"));
        });
    }
}
