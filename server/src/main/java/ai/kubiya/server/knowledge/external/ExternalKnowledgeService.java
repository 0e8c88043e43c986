package ai.kubiya.server.knowledge.external;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Keeps what is declared to be known elsewhere. */
public final class ExternalKnowledgeService {
    private final Database database;
    private final ExternalKnowledgeStore store = new ExternalKnowledgeStore();
    private final AuditLog audit;
    private final Clock clock;

    public ExternalKnowledgeService(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    Page<ExternalKnowledge> list(Caller caller, String vendor, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), vendor, range));
    }

    ExternalKnowledge get(Caller caller, String vendor, UUID id) {
        return database.inTransaction(transaction -> get(transaction, caller, vendor, id));
    }

    private ExternalKnowledge get(Transaction transaction, Caller caller, String vendor, UUID id) {
        return store.find(transaction, caller.organizationId(), vendor, id)
                .orElseThrow(() -> ApiException.notFound("external knowledge", id));
    }

    ExternalKnowledge create(Caller caller, String vendor, List<String> channels) {
        Instant now = clock.instant();
        ExternalKnowledge external = new ExternalKnowledge(
                Uuids.next(clock), caller.organizationId(), vendor, channels, caller.email(), now, now, 1);
        database.useTransaction(transaction -> {
            store.insert(transaction, external);
            note(transaction, caller, external, "create");
        });
        return external;
    }

    ExternalKnowledge update(Caller caller, String vendor, UUID id, Precondition known, List<String> channels) {
        return database.inTransaction(transaction -> {
            ExternalKnowledge before = get(transaction, caller, vendor, id);
            known.check(id, before.changes());
            store.update(transaction, caller.organizationId(), id, channels, clock.instant());
            note(transaction, caller, before, "update");
            return get(transaction, caller, vendor, id);
        });
    }

    void delete(Caller caller, String vendor, UUID id, Precondition known) {
        database.useTransaction(transaction -> {
            ExternalKnowledge external = get(transaction, caller, vendor, id);
            known.check(id, external.changes());
            store.delete(transaction, caller.organizationId(), id);
            note(transaction, caller, external, "delete");
        });
    }

    private void note(Transaction transaction, Caller caller, ExternalKnowledge external, String action) {
        audit.add(
                transaction,
                caller,
                AuditEntry.of("knowledge", "external_knowledge", external.vendor() + " " + external.id(), action)
                        .with("id", external.id()));
    }
}
