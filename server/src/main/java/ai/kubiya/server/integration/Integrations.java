package ai.kubiya.server.integration;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes integrations. */
public final class Integrations {
    public static final List<SealedColumn> SEALED =
            List.of(new SealedColumn("integration", "credentials", "sets of integrations' credentials", Loss.CLEAR));

    private final Database database;
    private final IntegrationStore store = new IntegrationStore();
    private final Vault vault;
    private final AuditLog audit;
    private final Clock clock;

    public Integrations(Database database, Vault vault, AuditLog audit, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    Page<Integration> list(Caller caller, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), range));
    }

    /** Those of these names that there are. */
    public List<Integration> named(Caller caller, Collection<String> names) {
        return database.read(transaction -> store.findByNames(transaction, caller.organizationId(), names));
    }

    /**
     * A configuration with the values of its credentials.
     *
     * @param fields what the other side calls them
     */
    public record Connection(String name, Map<String, String> fields) {
        /** Never the values. */
        @Override
        public String toString() {
            return "Connection[" + name + "]";
        }
    }

    /** How the organisation is connected to a service: for the server's own calls, default configurations first. */
    public List<Connection> connections(UUID organizationId, String type) {
        return database.read(transaction -> store.findByType(transaction, organizationId, type).stream()
                .flatMap(integration -> connections(transaction, integration))
                .toList());
    }

    private Stream<Connection> connections(Transaction transaction, Integration integration) {
        Credentials credentials = opened(transaction, integration);
        return integration.definition().configs().stream()
                .sorted(Comparator.comparing(config -> !config.isDefault()))
                .map(config -> new Connection(config.name(), credentials.fill(config)));
    }

    Integration get(Caller caller, String nameOrId) {
        return database.read(transaction -> get(transaction, caller, nameOrId));
    }

    private Integration get(Transaction transaction, Caller caller, String nameOrId) {
        return store.findByNames(transaction, caller.organizationId(), List.of(nameOrId)).stream()
                .findFirst()
                .or(() -> Uuids.parse(nameOrId).flatMap(id -> store.find(transaction, caller.organizationId(), id)))
                .orElseThrow(() -> ApiException.notFound("integration", nameOrId));
    }

    /**
     * Creates an integration.
     *
     * @throws ApiException 400 naming every field that is wrong, 409 when the name is taken
     */
    Integration create(Caller caller, ObjectNode body, boolean strict) {
        Credentials.Split split = checked(body, Credentials.none(), strict);
        Instant now = clock.instant();
        Integration integration = new Integration(
                Uuids.next(clock),
                caller.organizationId(),
                split.definition(),
                caller.email(),
                caller.email(),
                now,
                now,
                1);
        database.useTransaction(transaction -> {
            if (!store.insert(transaction, integration, seal(integration, split.credentials()))) {
                throw taken(integration.name());
            }
            audit.add(transaction, caller, entry(integration, "create"));
        });
        return integration;
    }

    private static ApiException taken(String name) {
        return ApiException.conflict(
                "There is an integration \"" + name + "\" already; change it, or choose another name.");
    }

    private static Credentials.Split checked(ObjectNode body, Credentials stored, boolean strict) {
        JsonFields fields = new JsonFields(body);
        IntegrationDefinition definition = IntegrationDefinition.of(fields, strict);
        Credentials.Split split = stored.take(definition, fields);
        fields.check(strict);
        return split;
    }

    private byte @Nullable [] seal(Integration integration, Credentials credentials) {
        return credentials.isEmpty() ? null : vault.seal(credentials.json(), place(integration));
    }

    private Credentials opened(Transaction transaction, Integration integration) {
        return store.credentials(transaction, integration)
                .map(bytes -> Credentials.parse(vault.open(bytes, place(integration))))
                .orElseGet(Credentials::none);
    }

    private static String place(Integration integration) {
        return "integration/" + integration.organizationId() + "/" + integration.id();
    }

    /**
     * Changes an integration. A credential that comes back masked stays as it is.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    Integration update(
            Caller caller, String nameOrId, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return database.inTransaction(transaction -> {
            Integration before = locked(transaction, caller, nameOrId, known);
            Credentials stored = opened(transaction, before);
            Credentials.Split split = checked(change.apply(before.definition().toJson(false)), stored, strict);
            String name = split.definition().name();
            boolean renamed = !name.equals(before.name());
            if (renamed
                    && !store.findByNames(transaction, caller.organizationId(), List.of(name))
                            .isEmpty()) {
                throw taken(name);
            }
            store.update(
                    transaction,
                    before,
                    split.definition(),
                    seal(before, split.credentials()),
                    caller.email(),
                    clock.instant());
            audit.add(transaction, caller, entry(before, "update"));
            return get(transaction, caller, before.id().toString());
        });
    }

    private Integration locked(Transaction transaction, Caller caller, String nameOrId, Precondition known) {
        UUID id = get(transaction, caller, nameOrId).id();
        store.lock(transaction, caller.organizationId(), id);
        Integration integration = store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("integration", nameOrId));
        known.check(id, integration.version());
        return integration;
    }

    /** Also while agents name it. */
    void delete(Caller caller, String nameOrId, Precondition known) {
        database.useTransaction(transaction -> {
            Integration integration = locked(transaction, caller, nameOrId, known);
            store.delete(transaction, integration);
            audit.add(transaction, caller, entry(integration, "delete"));
        });
    }

    private static AuditEntry entry(Integration integration, String action) {
        return AuditEntry.of("integrations", "integration", integration.name(), action)
                .with("id", integration.id());
    }
}
