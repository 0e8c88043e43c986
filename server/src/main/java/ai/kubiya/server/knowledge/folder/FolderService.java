package ai.kubiya.server.knowledge.folder;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.knowledge.Reader;
import ai.kubiya.server.knowledge.Restrictions;
import ai.kubiya.server.source.Source;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.source.SourceType;
import ai.kubiya.server.source.git.GitFetcher;
import ai.kubiya.server.user.UserService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds, syncs and removes folders. */
public final class FolderService {
    private static final Logger log = LoggerFactory.getLogger(FolderService.class);
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final int AT_ONCE = 10;
    private static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "source_id",
            "status",
            "commit",
            "entries",
            "errors",
            "last_sync",
            "synced_at",
            "created_by",
            "created_at",
            "updated_at");

    private final Database database;
    private final FolderStore store = new FolderStore();
    private final FolderSync sync;
    private final MarkdownTree tree;
    private final KnowledgeService knowledge;
    private final SourceService sources;
    private final UserService users;
    private final AuditLog audit;
    private final Clock clock;

    public FolderService(
            Database database,
            GitFetcher git,
            KnowledgeService knowledge,
            SourceService sources,
            UserService users,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.tree = new MarkdownTree(git);
        this.sync = new FolderSync(database, store, knowledge, clock, HOLD);
        this.knowledge = knowledge;
        this.sources = sources;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    Page<Folder> list(Caller caller, Page.Range range) {
        return database.read(transaction -> store.list(transaction, Reader.of(caller), range));
    }

    Folder get(Caller caller, UUID id) {
        return database.read(transaction -> get(transaction, caller, id));
    }

    private Folder get(Transaction transaction, Caller caller, UUID id) {
        return store.find(transaction, Reader.of(caller), id)
                .orElseThrow(() -> ApiException.notFound("knowledge folder", id));
    }

    /** Reads a folder for the first time; nothing is kept when that fails. */
    Folder create(Caller caller, JsonFields fields, boolean strict) {
        fields.ignore(READ_ONLY);
        String name = fields.requiredText("source", 200);
        String path = path(fields);
        List<String> labels = labels(fields);
        Restrictions restrictions = database.read(transaction -> knowledge.restrictions(transaction, caller, fields));
        Source source = source(caller, name, fields);
        fields.check(strict);
        MarkdownTree.Found found = tree.read(Objects.requireNonNull(source), path);
        Instant now = clock.instant();
        UUID token = Uuids.next(clock);
        Folder folder = new Folder(
                Uuids.next(clock),
                caller.organizationId(),
                source.id(),
                path,
                labels,
                restrictions,
                StoredCaller.withUser(caller),
                "syncing",
                null,
                Json.array(),
                Json.object(),
                0,
                caller.email(),
                now,
                now,
                null,
                1);
        database.useTransaction(transaction -> {
            if (!store.insert(transaction, folder, token, now.plus(HOLD))) {
                throw ApiException.conflict("The folder \"" + path + "\" of the source \"" + source.name()
                        + "\" is kept already: sync it, or delete it first.");
            }
            audit.add(transaction, caller, entry(folder, "create"));
        });
        sync.write(folder, caller, token, found);
        return get(caller, folder.id());
    }

    private @Nullable Source source(Caller caller, String name, JsonFields fields) {
        if (name.isEmpty()) {
            return null;
        }
        try {
            Source source = sources.get(caller, name);
            if (source.type() != SourceType.GIT) {
                fields.problem(
                        "/source",
                        "must be a git source, this one is " + source.type().wireName());
            }
            return source;
        } catch (ApiException e) {
            fields.problem("/source", "there is no one source \"" + name + "\"");
            return null;
        }
    }

    private static String path(JsonFields fields) {
        String path = fields.text("path", 1000, "").strip().replaceAll("^/+|/+$", "");
        boolean plain = path.isEmpty()
                || List.of(path.split("/", -1)).stream()
                        .noneMatch(part ->
                                part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0);
        if (!plain || path.chars().anyMatch(Character::isISOControl)) {
            fields.problem("/path", "must be a folder within the source, as docs/guides");
            return "";
        }
        return path;
    }

    private static List<String> labels(JsonFields fields) {
        List<String> labels = fields.texts("labels").stream().distinct().toList();
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).isBlank() || labels.get(i).length() > 200) {
                fields.problem("/labels/" + i, "must have 1 to 200 characters");
            }
        }
        return labels;
    }

    private static AuditEntry entry(Folder folder, String action) {
        return AuditEntry.of("knowledge", "knowledge_folder", folder.id().toString(), action)
                .with("source_id", folder.sourceId())
                .with("path", folder.path());
    }

    /** Looks at the folder again. */
    Folder sync(Caller caller, UUID id) {
        Folder folder = get(caller, id);
        UUID token = take(folder);
        database.useTransaction(transaction -> audit.add(transaction, caller, entry(folder, "sync")));
        syncTaken(folder, token);
        return get(caller, id);
    }

    private UUID take(Folder folder) {
        UUID token = Uuids.next(clock);
        Instant now = clock.instant();
        boolean taken = database.inTransaction(transaction ->
                store.take(transaction, folder.organizationId(), folder.id(), token, now, now.plus(HOLD)));
        if (!taken) {
            throw ApiException.conflict("This folder is being synced already; wait for that to end.");
        }
        return token;
    }

    private void syncTaken(Folder folder, UUID token) {
        try {
            Caller creator = StoredCaller.withUser(folder.organizationId(), folder.caller());
            Caller caller = users.current(creator)
                    .orElseThrow(() -> ApiException.conflict("The user who added this folder, " + creator.email()
                            + ", was disabled or removed: add it anew."));
            Source source = sources.get(caller, folder.sourceId().toString());
            sync.write(folder, caller, token, tree.read(source, folder.path()));
        } catch (RuntimeException e) {
            String reason = e instanceof ApiException refusal ? refusal.details() : "the server failed; see its log";
            sync.failed(folder, token, reason);
            throw e;
        }
    }

    /** Removes the folder's entries with all their versions, and then the folder; what was removed stays so if that stops. */
    void delete(Caller caller, UUID id, Precondition known) {
        Folder folder = get(caller, id);
        known.check(id, folder.changes());
        UUID token = take(folder);
        UUID organization = folder.organizationId();
        List<UUID> entries = database.read(transaction ->
                List.copyOf(store.files(transaction, organization, id).values()));
        // Each by itself: a transaction that changed one entry must not wait for another.
        for (UUID entry : entries) {
            database.useTransaction(transaction -> {
                sync.hold(transaction, folder, token);
                knowledge.remove(transaction, caller, entry);
            });
        }
        database.useTransaction(transaction -> {
            sync.hold(transaction, folder, token);
            store.delete(transaction, organization, id);
            audit.add(transaction, caller, entry(folder, "delete"));
        });
    }

    /** A chore: folders follow their sources. */
    public void syncOutdated() {
        for (FolderStore.Outdated each :
                database.read(transaction -> store.outdated(transaction, clock.instant(), AT_ONCE))) {
            try {
                database.read(transaction -> store.find(transaction, Reader.server(each.organizationId()), each.id()))
                        .ifPresent(folder -> syncTaken(folder, take(folder)));
            } catch (ApiException e) {
                log.info("the knowledge folder {} was not synced: {}", each.id(), e.details());
            }
        }
    }
}
