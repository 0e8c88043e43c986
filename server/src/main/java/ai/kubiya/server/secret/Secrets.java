package ai.kubiya.server.secret;

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
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.secret.SecretStore.Sealed;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Keeps the organisations' secrets and gives their values to those who may have them. */
public final class Secrets {
    public static final List<SealedColumn> SEALED =
            List.of(new SealedColumn("secret", "value", "secrets", Loss.DELETE));

    private final Database database;
    private final SecretStore store = new SecretStore();
    private final Vault vault;
    private final AuditLog audit;
    private final Clock clock;

    public Secrets(Database database, Vault vault, AuditLog audit, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /** A secret and its value, for the one who asked. */
    record Revealed(Secret secret, String value) {
        /** Never the value. */
        @Override
        public String toString() {
            return "Revealed[" + secret.name() + "]";
        }
    }

    Page<Secret> list(Caller caller, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), range));
    }

    Secret get(Caller caller, String nameOrId) {
        return database.read(transaction -> get(transaction, caller, nameOrId));
    }

    private Secret get(Transaction transaction, Caller caller, String nameOrId) {
        return find(transaction, caller, nameOrId)
                .or(() -> Uuids.parse(nameOrId).flatMap(id -> store.find(transaction, caller.organizationId(), id)))
                .orElseThrow(() -> ApiException.notFound("secret", nameOrId));
    }

    private Optional<Secret> find(Transaction transaction, Caller caller, String name) {
        return store.findByVariable(transaction, caller.organizationId(), SecretName.variable(name))
                .filter(secret -> secret.name().equals(name));
    }

    /**
     * The value; the audit trail says who got it.
     *
     * @throws ApiException 404 when there is no such secret
     */
    Revealed reveal(Caller caller, String nameOrId) {
        return database.inTransaction(transaction -> {
            Secret secret = get(transaction, caller, nameOrId);
            audit.add(transaction, caller, entry(secret, "read"));
            // Somebody may have deleted it in this very moment.
            Sealed sealed = store.values(transaction, caller.organizationId(), List.of(secret.name())).stream()
                    .findFirst()
                    .orElseThrow(() -> ApiException.notFound("secret", nameOrId));
            return new Revealed(secret, open(caller.organizationId(), sealed));
        });
    }

    /**
     * Keeps a new secret.
     *
     * @throws ApiException 400 naming every field that is wrong, 409 when the name is taken
     */
    Secret create(Caller caller, ObjectNode body, boolean strict) {
        SecretInput input = checked(body, strict, true, Optional.empty());
        return database.inTransaction(transaction -> create(transaction, caller, input));
    }

    private Secret create(Transaction transaction, Caller caller, SecretInput input) {
        Instant now = clock.instant();
        Secret secret = new Secret(
                Uuids.next(clock),
                caller.organizationId(),
                input.name(),
                input.description(),
                input.managedBy(),
                input.taskId(),
                caller.email(),
                caller.email(),
                now,
                now,
                1);
        byte[] sealed = vault.seal(input.value().orElseThrow(), place(secret.organizationId(), secret.id()));
        if (!store.insert(transaction, secret, sealed)) {
            throw taken(transaction, caller, input.name());
        }
        audit.add(transaction, caller, entry(secret, "create"));
        return secret;
    }

    private ApiException taken(Transaction transaction, Caller caller, String name) {
        String other = store.findByVariable(transaction, caller.organizationId(), SecretName.variable(name))
                .map(Secret::name)
                .orElse(name);
        return ApiException.conflict(
                other.equals(name)
                        ? "There is a secret \"" + name + "\" already; change it, or choose another name."
                        : "Tools would get \"" + name + "\" in the environment variable " + SecretName.variable(name)
                                + ", which is that of the secret \"" + other + "\"; choose another name.");
    }

    /**
     * Changes a secret. It keeps its name, because tools and agents know it by that.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones, which are all but the value
     */
    Secret update(
            Caller caller, String nameOrId, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return database.inTransaction(transaction -> {
            Secret before = locked(transaction, caller, nameOrId, known);
            SecretInput input =
                    checked(change.apply(SecretInput.json(before)), strict, false, Optional.of(before.name()));
            return update(transaction, caller, before, input);
        });
    }

    private Secret update(Transaction transaction, Caller caller, Secret before, SecretInput input) {
        store.update(transaction, before, input, caller.email(), clock.instant());
        input.value()
                .ifPresent(value -> store.setValue(
                        transaction, before, vault.seal(value, place(before.organizationId(), before.id()))));
        audit.add(
                transaction,
                caller,
                entry(before, "update").with("value_changed", input.value().isPresent()));
        return get(transaction, caller, before.name());
    }

    private Secret locked(Transaction transaction, Caller caller, String nameOrId, Precondition known) {
        UUID id = get(transaction, caller, nameOrId).id();
        store.lock(transaction, caller.organizationId(), id);
        Secret secret = store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("secret", nameOrId));
        known.check(id, secret.version());
        return secret;
    }

    /** Changes the secret of that name, or makes it: what the older API has in one call. */
    Secret set(Caller caller, String name, ObjectNode body) {
        ObjectNode named = body.deepCopy();
        named.put("name", name);
        return database.inTransaction(transaction -> {
            if (find(transaction, caller, name).isEmpty()) {
                return create(transaction, caller, checked(named, false, true, Optional.empty()));
            }
            Secret before = locked(transaction, caller, name, Precondition.NONE);
            ObjectNode changed = MergePatch.replaceSent(SecretInput.json(before), named);
            return update(transaction, caller, before, checked(changed, false, true, Optional.empty()));
        });
    }

    /** Also while tools and agents name it; runs that need it are refused from then on. */
    void delete(Caller caller, String nameOrId, Precondition known) {
        database.useTransaction(transaction -> {
            Secret secret = locked(transaction, caller, nameOrId, known);
            store.delete(transaction, secret);
            audit.add(transaction, caller, entry(secret, "delete"));
        });
    }

    private static SecretInput checked(ObjectNode body, boolean strict, boolean valueNeeded, Optional<String> name) {
        JsonFields fields = new JsonFields(body);
        SecretInput input = SecretInput.of(fields, strict);
        if (valueNeeded && !fields.has("value")) {
            fields.problem("/value", "is required");
        }
        if (name.isPresent() && !name.get().equals(input.name())) {
            fields.problem(
                    "/name",
                    "cannot be changed, because tools and agents name the secret: make another one and delete this one");
        }
        fields.check(strict);
        return input;
    }

    /** Which of these names no secret of the organisation has. */
    public List<String> missing(UUID organizationId, Collection<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> existing = database.read(transaction -> store.existing(transaction, organizationId, names));
        return names.stream().filter(name -> !existing.contains(name)).toList();
    }

    /**
     * The values for a run that begins now, by environment variable.
     *
     * @throws ApiException 400 when one of the secrets is not there any more
     */
    public Map<String, String> values(UUID organizationId, Collection<String> names) {
        Map<String, String> values = new HashMap<>();
        if (names.isEmpty()) {
            return values;
        }
        List<Sealed> found = database.read(transaction -> store.values(transaction, organizationId, names));
        for (String name : names) {
            Sealed sealed = found.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ApiException.invalid(
                            "secrets", "the secret \"" + name + "\" was deleted before the run began"));
            values.put(SecretName.variable(name), open(organizationId, sealed));
        }
        return values;
    }

    private String open(UUID organizationId, Sealed sealed) {
        return vault.open(sealed.value(), place(organizationId, sealed.id()));
    }

    private static String place(UUID organizationId, UUID id) {
        return "secret/" + organizationId + "/" + id;
    }

    private static AuditEntry entry(Secret secret, String action) {
        return AuditEntry.of("secrets", "secret", secret.name(), action).with("id", secret.id());
    }
}
