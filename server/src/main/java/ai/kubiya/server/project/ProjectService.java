package ai.kubiya.server.project;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.secret.Secrets;
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

/** Creates, reads, changes and removes projects. */
public final class ProjectService {
    public static final List<SealedColumn> SEALED =
            List.of(new SealedColumn("project", "sensitive_values", "sets of projects' sensitive values", Loss.CLEAR));

    private final Database database;
    private final ProjectStore store = new ProjectStore();
    private final Secrets secrets;
    private final Vault vault;
    private final AuditLog audit;
    private final Clock clock;

    public ProjectService(Database database, Secrets secrets, Vault vault, AuditLog audit, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    public Page<Project> list(Caller caller, @Nullable String name, @Nullable ProjectStatus status, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), name, status, range));
    }

    /** @throws ApiException 404 when there is none, 409 when several have the name */
    public Project require(Caller caller, String idOrName) {
        return database.read(transaction -> require(transaction, caller, idOrName));
    }

    /** As {@link #require(Caller, String)} within a transaction. */
    public Project require(Transaction transaction, Caller caller, String idOrName) {
        Optional<UUID> id = Uuids.parse(idOrName);
        if (id.isPresent()) {
            return store.find(transaction, caller.organizationId(), id.get())
                    .orElseThrow(() -> ApiException.notFound("project", idOrName));
        }
        List<Project> found = store.findByName(transaction, caller.organizationId(), idOrName);
        if (found.isEmpty()) {
            throw ApiException.notFound("project", idOrName);
        }
        if (found.size() > 1) {
            throw ApiException.conflict("Several projects are called \"" + idOrName + "\"; use one of the ids "
                    + found.stream().map(project -> project.id().toString()).collect(Collectors.joining(", ")) + ".");
        }
        return found.getFirst();
    }

    public Optional<Project> find(UUID organizationId, UUID id) {
        return database.read(transaction -> store.find(transaction, organizationId, id));
    }

    /** As {@link #find(UUID, UUID)} within a transaction. */
    public Optional<Project> find(Transaction transaction, UUID organizationId, UUID id) {
        return store.find(transaction, organizationId, id);
    }

    /** The project, which nobody else changes until the transaction ends. */
    public Project lock(Transaction transaction, Caller caller, String idOrName) {
        UUID id = require(transaction, caller, idOrName).id();
        store.lock(transaction, caller.organizationId(), id);
        return store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("project", idOrName));
    }

    /**
     * Creates a project.
     *
     * @throws ApiException 400 naming every field that is wrong or refers to nothing
     */
    public Project create(Caller caller, ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(body);
        ProjectDefinition sent = ProjectDefinition.of(fields);
        checkSecrets(caller, sent, Set.of(), fields);
        SensitiveValues.Split split = SensitiveValues.none().take(sent.variables(), Set.of(), fields);
        fields.check(strict);
        Instant now = clock.instant();
        Project project = new Project(
                Uuids.next(clock),
                caller.organizationId(),
                sent.withVariables(split.variables()),
                Json.object(),
                "",
                ProjectStatus.PENDING,
                1,
                caller.email(),
                caller.email(),
                now,
                now,
                1);
        database.useTransaction(transaction -> {
            store.insert(transaction, project, seal(project, split.sensitive()));
            audit.add(transaction, caller, entry(project, "create"));
        });
        return project;
    }

    private void checkSecrets(Caller caller, ProjectDefinition definition, Set<String> kept, JsonFields fields) {
        List<String> named = definition.secretNames();
        List<String> missing = secrets.missing(caller.organizationId(), named);
        for (int i = 0; i < definition.secrets().size(); i++) {
            checkSecret(definition.secrets().get(i).name(), "/secrets/" + i, missing, kept, fields);
        }
        for (int i = 0; i < definition.variables().size(); i++) {
            @Nullable String secret = definition.variables().get(i).secret();
            if (secret != null) {
                checkSecret(secret, "/variables/" + i + "/secret", missing, kept, fields);
            }
        }
    }

    private static void checkSecret(
            String name, String pointer, List<String> missing, Set<String> kept, JsonFields fields) {
        if (missing.contains(name) && !kept.contains(name)) {
            fields.problem(pointer, "there is no secret \"" + name + "\"");
        }
    }

    private byte @Nullable [] seal(Project project, SensitiveValues values) {
        return values.isEmpty() ? null : vault.seal(values.json(), place(project));
    }

    private SensitiveValues opened(Transaction transaction, Project project) {
        return store.sensitiveValues(transaction, project)
                .map(bytes -> SensitiveValues.parse(vault.open(bytes, place(project))))
                .orElseGet(SensitiveValues::none);
    }

    private static String place(Project project) {
        return "project/" + project.organizationId() + "/" + project.id();
    }

    /**
     * Changes a project. A sensitive value that comes back masked stays as it is.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    public Project update(
            Caller caller, String idOrName, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return database.inTransaction(transaction -> {
            Project before = lock(transaction, caller, idOrName);
            known.check(before.id(), before.version());
            SensitiveValues stored = opened(transaction, before);
            JsonFields fields = new JsonFields(change.apply(before.definition().toJson()));
            ProjectDefinition sent = ProjectDefinition.of(fields);
            checkSecrets(caller, sent, Set.copyOf(before.definition().secretNames()), fields);
            SensitiveValues.Split split = stored.take(sent.variables(), Set.of(), fields);
            fields.check(strict);
            ProjectDefinition definition = sent.withVariables(split.variables());
            boolean newInputs = !definition.hasInputsOf(before.definition())
                    || !split.sensitive().isSameAs(stored);
            store.update(
                    transaction,
                    before,
                    definition,
                    seal(before, split.sensitive()),
                    newInputs,
                    caller.email(),
                    clock.instant());
            audit.add(transaction, caller, entry(before, "update"));
            return require(transaction, caller, before.id().toString());
        });
    }

    public void delete(Caller caller, String idOrName, Precondition known) {
        database.useTransaction(transaction -> {
            Project project = lock(transaction, caller, idOrName);
            known.check(project.id(), project.version());
            store.delete(transaction, project);
            audit.add(transaction, caller, entry(project, "delete"));
        });
    }

    private static AuditEntry entry(Project project, String action) {
        return AuditEntry.of("projects", "project", project.name(), action).with("id", project.id());
    }
}
