package ai.kubiya.server.knowledge.folder;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.knowledge.KnowledgeEntry;
import ai.kubiya.server.knowledge.KnowledgeJson;
import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.knowledge.Restrictions;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes the entries of a folder what its files say, file by file: what was done stays done when the server stops half-way. */
final class FolderSync {
    private final Database database;
    private final FolderStore store;
    private final KnowledgeService knowledge;
    private final Clock clock;
    private final Duration hold;

    FolderSync(Database database, FolderStore store, KnowledgeService knowledge, Clock clock, Duration hold) {
        this.database = database;
        this.store = store;
        this.knowledge = knowledge;
        this.clock = clock;
        this.hold = hold;
    }

    private static final class Counts {
        int added;
        int changed;
        int unchanged;
        int removed;

        ObjectNode toJson() {
            return Json.object()
                    .put("added", added)
                    .put("changed", changed)
                    .put("unchanged", unchanged)
                    .put("removed", removed);
        }
    }

    /** @throws ApiException 409 when the folder was deleted or taken over meanwhile */
    void write(Folder folder, Caller caller, UUID token, MarkdownTree.Found found) {
        Map<String, UUID> known =
                database.read(transaction -> store.files(transaction, folder.organizationId(), folder.id()));
        ArrayNode errors = found.errors().deepCopy();
        Set<String> there = new HashSet<>();
        found.errors().forEach(error -> there.add(error.path("file").asText()));
        Counts counts = new Counts();
        for (MarkdownFile file : found.files()) {
            there.add(file.path());
            try {
                database.useTransaction(transaction -> {
                    hold(transaction, folder, token);
                    write(transaction, folder, caller, file, Optional.ofNullable(known.get(file.path())), counts);
                });
            } catch (ApiException e) {
                if (e.problems().isEmpty()) {
                    throw e;
                }
                errors.addObject().put("file", file.path()).put("error", e.details());
            }
        }
        known.forEach((path, entry) -> {
            if (!there.contains(path)) {
                database.useTransaction(transaction -> {
                    hold(transaction, folder, token);
                    counts.removed += knowledge.remove(transaction, caller, entry) ? 1 : 0;
                });
            }
        });
        database.useTransaction(transaction -> store.finish(
                transaction,
                folder.organizationId(),
                folder.id(),
                token,
                found.commit(),
                errors,
                counts.toJson(),
                clock.instant()));
    }

    void hold(Transaction transaction, Folder folder, UUID token) {
        if (!store.hold(
                transaction,
                folder.organizationId(),
                folder.id(),
                token,
                clock.instant().plus(hold))) {
            throw ApiException.conflict("This folder was deleted, or is being synced by somebody else.");
        }
    }

    private void write(
            Transaction transaction,
            Folder folder,
            Caller caller,
            MarkdownFile file,
            Optional<UUID> known,
            Counts counts) {
        ObjectNode fields = file.fields(folder.labels());
        Optional<KnowledgeService.Rewritten> rewritten =
                known.flatMap(id -> knowledge.rewrite(transaction, caller, id, fields));
        if (rewritten.isPresent()) {
            counts.changed += rewritten.get().changed() ? 1 : 0;
            counts.unchanged += rewritten.get().changed() ? 0 : 1;
            return;
        }
        Restrictions restrictions = folder.restrictions();
        fields.put("visibility", restrictions.visibility().wireName())
                .put("owner", restrictions.owner().toString());
        fields.set("groups", KnowledgeJson.ids(restrictions.groups()));
        fields.set("supported_agents", KnowledgeJson.ids(restrictions.agents()));
        fields.set("supported_agents_groups", KnowledgeJson.ids(restrictions.agentsGroups()));
        KnowledgeEntry entry = knowledge.create(transaction, caller, fields, false);
        store.addFile(transaction, folder.id(), file.path(), entry.id());
        counts.added++;
    }

    void failed(Folder folder, UUID token, String reason) {
        ArrayNode errors = Json.array();
        errors.addObject().put("file", folder.path()).put("error", reason);
        database.useTransaction(transaction -> store.finish(
                transaction,
                folder.organizationId(),
                folder.id(),
                token,
                null,
                errors,
                Json.object(),
                clock.instant()));
    }
}
