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
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.project.code.CodeFetch;
import ai.kubiya.server.project.code.CodeLocation;
import ai.kubiya.server.project.code.ModuleCode;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.secret.Secrets;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes projects. */
public final class ProjectService {
    public static final List<SealedColumn> SEALED =
            List.of(new SealedColumn("project", "sensitive_values", "sets of projects' sensitive values", Loss.CLEAR));

    /** How often a change is tried again that met another one. */
    private static final int TRIES = 3;

    private final Database database;
    private final ProjectStore store = new ProjectStore();
    private final ProjectInputs inputs;
    private final CodeFetch fetch;
    private final AuditLog audit;
    private ToIntBiFunction<Transaction, Project> resources = (transaction, project) -> 0;
    private final Clock clock;

    public ProjectService(
            Database database,
            Secrets secrets,
            Runners runners,
            CodeFetch fetch,
            Vault vault,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.inputs = new ProjectInputs(secrets, runners, vault);
        this.fetch = fetch;
        this.audit = audit;
        this.clock = clock;
    }

    /** Tells once, before there are requests, how many resources the state of a project holds. */
    public void countedBy(ToIntBiFunction<Transaction, Project> count) {
        resources = count;
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
        ReadCode code = read(location(body));
        ProjectInputs.Checked checked = inputs.check(caller, body, code, null, SensitiveValues.none(), strict);
        Instant now = clock.instant();
        Project project = new Project(
                Uuids.next(clock),
                caller.organizationId(),
                checked.definition(),
                code.code(),
                code.commit(),
                ProjectStatus.PENDING,
                1,
                caller.email(),
                caller.email(),
                now,
                now,
                1);
        database.useTransaction(transaction -> {
            store.insert(transaction, project, inputs.seal(project, checked.sensitive()));
            audit.add(transaction, caller, entry(project, "create"));
        });
        return project;
    }

    /** Where the code is; nowhere when that is not said well, which is answered with all other mistakes. */
    private static CodeLocation location(ObjectNode body) {
        JsonFields fields = new JsonFields(body);
        CodeLocation location = ProjectDefinition.location(fields);
        return fields.isFine() ? location : CodeLocation.ELSEWHERE;
    }

    private ReadCode read(CodeLocation location) {
        if (location.isElsewhere()) {
            return new ReadCode(ModuleCode.none(), "");
        }
        try (CodeFetch.Fetched fetched = fetch.fetch(location, "")) {
            return new ReadCode(fetched.read(), fetched.commit());
        }
    }

    /**
     * Changes a project. A sensitive value that comes back masked stays as it is.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    public Project update(
            Caller caller, String idOrName, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            // Git may take its time, so it is asked before anything is locked.
            Project seen = require(caller, idOrName);
            known.check(seen.id(), seen.version());
            CodeLocation location = location(change.apply(seen.definition().toJson()));
            ReadCode code = location.equals(seen.definition().code())
                    ? new ReadCode(seen.code(), seen.commit())
                    : read(location);
            Optional<Project> changed = database.inTransaction(transaction -> {
                Project before = lock(transaction, caller, seen.id().toString());
                known.check(before.id(), before.version());
                return before.version() == seen.version()
                        ? Optional.of(update(transaction, caller, before, change, code, strict))
                        : Optional.empty();
            });
            if (changed.isPresent()) {
                return changed.get();
            }
        }
        throw ApiException.conflict("The project is being changed by others at the same time; try again.");
    }

    private Project update(
            Transaction transaction,
            Caller caller,
            Project before,
            UnaryOperator<ObjectNode> change,
            ReadCode code,
            boolean strict) {
        SensitiveValues stored = inputs.opened(transaction, before);
        ObjectNode body = change.apply(before.definition().toJson());
        ProjectInputs.Checked checked = inputs.check(caller, body, code, before.definition(), stored, strict);
        boolean newInputs = !checked.definition().hasInputsOf(before.definition())
                || !checked.sensitive().isSameAs(stored);
        store.update(
                transaction,
                before,
                checked.definition(),
                inputs.seal(before, checked.sensitive()),
                code,
                newInputs,
                caller.email(),
                clock.instant());
        audit.add(transaction, caller, entry(before, "update"));
        return require(transaction, caller, before.id().toString());
    }

    /** The values of a project's sensitive variables by name, for a run that begins now. */
    public ObjectNode sensitiveValues(Project project) {
        return database.read(transaction -> inputs.opened(transaction, project)).values();
    }

    /** Notes what a run read of the project's code; that is no change of the project. */
    public void codeRead(Project project, ModuleCode code, String commit) {
        database.useTransaction(transaction -> store.setCode(transaction, project, new ReadCode(code, commit)));
    }

    /**
     * Deletes a project with its runs and its state.
     *
     * @param force whether it goes although the state says that there is something, which nobody knows of then
     * @throws ApiException 409 when there is something, or a run is at work
     */
    public void delete(Caller caller, String idOrName, Precondition known, boolean force) {
        database.useTransaction(transaction -> {
            Project project = lock(transaction, caller, idOrName);
            known.check(project.id(), project.version());
            if (project.status() == ProjectStatus.RUNNING) {
                throw ApiException.conflict("Terraform is at work for the project \"" + project.name()
                        + "\"; cancel that and wait for its end.");
            }
            int left = force ? 0 : resources.applyAsInt(transaction, project);
            if (left > 0) {
                throw ApiException.conflict("The state of the project \"" + project.name() + "\" holds " + left
                        + (left == 1 ? " resource" : " resources")
                        + "; destroy them first, or delete it with force=true, which leaves them where they are.");
            }
            store.delete(transaction, project);
            audit.add(transaction, caller, entry(project, "delete"));
        });
    }

    private static AuditEntry entry(Project project, String action) {
        return AuditEntry.of("projects", "project", project.name(), action).with("id", project.id());
    }
}
