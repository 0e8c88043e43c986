package ai.kubiya.server.knowledge;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.knowledge.passage.Indexed;
import ai.kubiya.server.knowledge.passage.PassageIndex;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes entries, and keeps what they said. Whoever may read an entry may change it. */
public final class KnowledgeService {
    private final Database database;
    private final KnowledgeStore store = new KnowledgeStore();
    private final VersionStore versions = new VersionStore();
    private final PassageIndex passages;
    private final KnowledgeReferences references;
    private final AuditLog audit;
    private final EventLog events;
    private final Clock clock;

    public KnowledgeService(
            Database database,
            PassageIndex passages,
            KnowledgeReferences references,
            AuditLog audit,
            EventLog events,
            Clock clock) {
        this.database = database;
        this.passages = passages;
        this.references = references;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @param words that are in them; null = any */
    public Page<KnowledgeEntry> list(
            Caller caller,
            KnowledgeFilter filter,
            @Nullable String words,
            KnowledgeFilter.Order order,
            Page.Range range) {
        Reader reader = Reader.of(caller).narrowed(filter);
        return database.read(transaction -> store.list(transaction, reader, words, order, range));
    }

    /** Of these, those that a reader may read, in no order. */
    public List<KnowledgeEntry> some(Reader reader, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : database.read(transaction -> store.some(transaction, reader, ids));
    }

    public KnowledgeEntry get(Caller caller, String idOrName) {
        return database.read(transaction -> get(transaction, caller, idOrName));
    }

    private KnowledgeEntry get(Transaction transaction, Caller caller, String idOrName) {
        Reader reader = Reader.of(caller);
        return Uuids.parse(idOrName)
                .or(() -> byName(transaction, reader, idOrName))
                .flatMap(id -> store.find(transaction, reader, id))
                .orElseThrow(() -> ApiException.notFound("knowledge entry", idOrName));
    }

    private Optional<UUID> byName(Transaction transaction, Reader reader, String name) {
        List<UUID> found = store.findByName(transaction, reader, name);
        if (found.size() > 1) {
            throw ApiException.conflict("Several knowledge entries are called \"" + name + "\", " + found.get(0)
                    + " and " + found.get(1) + " among them; use the id.");
        }
        return found.stream().findFirst();
    }

    /**
     * Creates an entry.
     *
     * @throws ApiException 400 naming every field that is wrong or refers to nothing
     */
    public KnowledgeEntry create(Caller caller, ObjectNode body, boolean strict) {
        return database.inTransaction(transaction -> create(transaction, caller, body, strict));
    }

    /** As {@link #create(Caller, ObjectNode, boolean)}, as part of a transaction of the caller's. */
    public KnowledgeEntry create(Transaction transaction, Caller caller, ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(Spelling.plain(body, Spelling.NOTHING));
        KnowledgeDefinition definition = KnowledgeDefinition.of(fields, strict);
        Restrictions restrictions = references.check(transaction, caller, definition, null, fields);
        fields.check(strict);
        Instant now = clock.instant();
        KnowledgeEntry entry = entry(Uuids.next(clock), caller, caller.email(), now, 1, 1, definition, restrictions);
        store.insert(transaction, entry);
        versions.insert(transaction, entry, null);
        index(transaction, entry);
        note(transaction, caller, entry, "create", "knowledge.created");
        return entry;
    }

    /** Reads whom entries are to be for; what is wrong is noted in the fields. */
    public Restrictions restrictions(Transaction transaction, Caller caller, JsonFields fields) {
        return references.check(transaction, caller, KnowledgeDefinition.ofRestrictions(fields), null, fields);
    }

    /** @param changed false when it said so already, and nothing was written */
    public record Rewritten(KnowledgeEntry entry, boolean changed) {}

    /**
     * Makes an entry say what the place says that it comes from, whoever it is for.
     *
     * @return empty when it is gone
     */
    public Optional<Rewritten> rewrite(Transaction transaction, Caller caller, UUID id, ObjectNode says) {
        store.lock(transaction, caller.organizationId(), id);
        return store.find(transaction, Reader.server(caller.organizationId()), id)
                .map(before -> {
                    JsonFields fields = new JsonFields(MergePatch.replaceSent(KnowledgeDefinition.json(before), says));
                    KnowledgeDefinition definition = KnowledgeDefinition.of(fields, false);
                    fields.check(false);
                    KnowledgeEntry after = change(transaction, caller, before, definition, before.restrictions(), null);
                    return new Rewritten(after, after.changes() != before.changes());
                });
    }

    /** Removes an entry whose place is gone, whoever it is for; false when it is gone itself. */
    public boolean remove(Transaction transaction, Caller caller, UUID id) {
        store.lock(transaction, caller.organizationId(), id);
        Optional<KnowledgeEntry> entry = store.find(transaction, Reader.server(caller.organizationId()), id);
        entry.ifPresent(found -> delete(transaction, caller, found));
        return entry.isPresent();
    }

    private KnowledgeEntry entry(
            UUID id,
            Caller caller,
            String createdBy,
            Instant createdAt,
            int version,
            long changes,
            KnowledgeDefinition definition,
            Restrictions restrictions) {
        byte[] bytes = definition.text().content().getBytes(StandardCharsets.UTF_8);
        return new KnowledgeEntry(
                id,
                caller.organizationId(),
                version,
                definition.text(),
                true,
                sha256(bytes),
                bytes.length,
                definition.source(),
                definition.format(),
                restrictions,
                definition.managedBy(),
                definition.taskId(),
                createdBy,
                caller.email(),
                createdAt,
                clock.instant(),
                changes);
    }

    private void index(Transaction transaction, KnowledgeEntry entry) {
        KnowledgeText text = entry.text();
        passages.write(
                transaction,
                entry.organizationId(),
                entry.id(),
                new Indexed(text.name(), text.description(), text.labels(), text.content()));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Changes an entry; one that stays as it is gets no new version.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones and those sent
     */
    public KnowledgeEntry update(
            Caller caller,
            String idOrName,
            Precondition known,
            ObjectNode sent,
            BiFunction<ObjectNode, ObjectNode, ObjectNode> change,
            boolean strict) {
        return database.inTransaction(transaction -> {
            KnowledgeEntry before = locked(transaction, caller, idOrName, known);
            ObjectNode stored = KnowledgeDefinition.json(before);
            JsonFields fields = new JsonFields(change.apply(stored, Spelling.plain(sent, stored)));
            KnowledgeDefinition definition = KnowledgeDefinition.of(fields, strict);
            Restrictions restrictions =
                    references.check(transaction, caller, definition, before.restrictions(), fields);
            fields.check(strict);
            return change(transaction, caller, before, definition, restrictions, null);
        });
    }

    private KnowledgeEntry locked(Transaction transaction, Caller caller, String idOrName, Precondition known) {
        UUID id = get(transaction, caller, idOrName).id();
        store.lock(transaction, caller.organizationId(), id);
        KnowledgeEntry entry = get(transaction, caller, id.toString());
        known.check(id, entry.changes());
        return entry;
    }

    private KnowledgeEntry change(
            Transaction transaction,
            Caller caller,
            KnowledgeEntry before,
            KnowledgeDefinition definition,
            Restrictions restrictions,
            @Nullable Integer restoredFrom) {
        boolean saysMore = !definition.text().equals(before.text());
        int version = before.version() + (saysMore ? 1 : 0);
        KnowledgeEntry after = entry(
                before.id(),
                caller,
                before.createdBy(),
                before.createdAt(),
                version,
                before.changes() + 1,
                definition,
                restrictions);
        if (!saysMore && KnowledgeDefinition.json(after).equals(KnowledgeDefinition.json(before))) {
            return before;
        }
        store.update(transaction, after);
        if (saysMore) {
            versions.insert(transaction, after, restoredFrom);
            index(transaction, after);
        }
        note(transaction, caller, after, restoredFrom == null ? "update" : "restore", "knowledge.updated");
        return after;
    }

    public void delete(Caller caller, String idOrName, Precondition known) {
        database.useTransaction(transaction -> {
            delete(transaction, caller, locked(transaction, caller, idOrName, known));
        });
    }

    private void delete(Transaction transaction, Caller caller, KnowledgeEntry entry) {
        passages.remove(transaction, entry.organizationId(), entry.id());
        store.delete(transaction, entry.organizationId(), entry.id());
        note(transaction, caller, entry, "delete", "knowledge.deleted");
    }

    /** Of what an entry says, readers of the trail and subscribers learn nothing, and of one for some not even its name. */
    private void note(Transaction transaction, Caller caller, KnowledgeEntry entry, String action, String event) {
        boolean forSome = entry.restrictions().isForSome();
        audit.add(
                transaction,
                caller,
                AuditEntry.of("knowledge", "knowledge", forSome ? entry.id().toString() : entry.name(), action)
                        .with("id", entry.id())
                        .with("version", entry.version()));
        ObjectNode data = Json.object()
                .put("id", entry.id().toString())
                .put("version", entry.version())
                .put("visibility", entry.restrictions().visibility().wireName())
                .put("by", caller.email());
        if (!forSome) {
            data.put("title", entry.name());
        }
        events.append(
                transaction,
                entry.organizationId(),
                new NewEvent(event, "knowledge", entry.id().toString(), data));
    }

    public Page<KnowledgeEntry.Version> versions(
            Caller caller, String idOrName, boolean newestFirst, Page.Range range) {
        return database.read(
                transaction -> versions.list(transaction, get(transaction, caller, idOrName), newestFirst, range));
    }

    public KnowledgeEntry.Version version(Caller caller, String idOrName, int version) {
        return database.read(transaction -> version(transaction, get(transaction, caller, idOrName), version));
    }

    /** Empty when there is none, or none that the reader may read. */
    public Optional<KnowledgeEntry.Version> version(Reader reader, UUID entry, int version) {
        return database.read(transaction ->
                store.find(transaction, reader, entry).flatMap(found -> versions.find(transaction, found, version)));
    }

    private KnowledgeEntry.Version version(Transaction transaction, KnowledgeEntry entry, int version) {
        return versions.find(transaction, entry, version)
                .orElseThrow(() -> ApiException.notFound("version " + version + " of the knowledge entry", entry.id()));
    }

    /**
     * What changed from one version to another.
     *
     * @param from 0 = from nothing
     */
    public ObjectNode diff(Caller caller, String idOrName, int from, int to) {
        return database.read(transaction -> {
            KnowledgeEntry entry = get(transaction, caller, idOrName);
            KnowledgeEntry.Version after = version(transaction, entry, to);
            KnowledgeEntry.Version before = from == 0 ? VersionDiff.nothing(after) : version(transaction, entry, from);
            return VersionDiff.of(before, after);
        });
    }

    /** Says again what an older version said, as a new version. Whom the entry is for stays as it is. */
    public KnowledgeEntry restore(Caller caller, String idOrName, int version, Precondition known) {
        return database.inTransaction(transaction -> {
            KnowledgeEntry before = locked(transaction, caller, idOrName, known);
            KnowledgeText text = version(transaction, before, version).text();
            KnowledgeDefinition definition = KnowledgeDefinition.of(
                            new JsonFields(KnowledgeDefinition.json(before)), false)
                    .saying(text);
            return change(transaction, caller, before, definition, before.restrictions(), version);
        });
    }
}
