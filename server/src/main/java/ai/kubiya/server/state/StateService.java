package ai.kubiya.server.state;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.state.content.Incoming;
import ai.kubiya.server.state.content.StateContents;
import ai.kubiya.server.state.content.StateOutput;
import ai.kubiya.server.state.content.StateResource;
import ai.kubiya.server.state.token.RunToken;
import ai.kubiya.server.state.token.RunTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes states. */
public final class StateService {
    private final Database database;
    private final StateStore store = new StateStore();
    private final StateContents contents;
    private final StateRetention retention;
    private final ProjectLookup projects;
    private final RunTokens tokens;
    private final AuditLog audit;
    private final Clock clock;

    public StateService(
            Database database,
            StateContents contents,
            StateRetention retention,
            ProjectLookup projects,
            RunTokens tokens,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.contents = contents;
        this.retention = retention;
        this.projects = projects;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** The state as it stands; empty when nobody has written or locked it yet. */
    Optional<StateRow> find(Caller caller, UUID projectId) {
        return database.read(transaction -> store.find(transaction, caller.organizationId(), projectId));
    }

    UUID project(Caller caller, String idOrName) {
        return projects.find(caller, idOrName);
    }

    Page<StateVersion> versions(Caller caller, String project, Page.Range range) {
        UUID id = projects.find(caller, project);
        return database.read(transaction -> store.versions(transaction, caller.organizationId(), id, range));
    }

    StateVersion version(Caller caller, String project, long number) {
        UUID id = projects.find(caller, project);
        return database.read(transaction -> store.version(transaction, caller.organizationId(), id, number))
                .orElseThrow(() -> ApiException.notFound("version of the state", number));
    }

    /** The current version; empty when there is none. */
    Optional<StateVersion> current(Caller caller, String project) {
        return find(caller, projects.find(caller, project)).flatMap(StateRow::version);
    }

    /**
     * A version's state as Terraform sent it. It holds every secret that Terraform knows, so people's reading it is
     * noted.
     */
    InputStream download(Caller caller, String project, StateVersion version) throws IOException {
        database.useTransaction(transaction -> {
            if (tokens.of(transaction, caller).isEmpty()) {
                audit.add(transaction, caller, entry(project, version.projectId(), "read", version));
            }
        });
        return contents.open(version.organizationId(), version.id(), version.pieces());
    }

    /**
     * The outputs of the current version.
     *
     * @param revealed with the values of sensitive ones, for which the caller needs more than a scope to read
     */
    List<StateOutput> outputs(Caller caller, String project, boolean revealed) throws IOException {
        if (revealed && !caller.may(Scope.PROJECTS_WRITE)) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "The values of sensitive outputs need the scope " + Scope.PROJECTS_WRITE.wireName()
                            + ", which the key \"" + caller.keyName() + "\" lacks.");
        }
        Optional<StateVersion> version = current(caller, project);
        if (version.isEmpty()) {
            return List.of();
        }
        List<StateOutput> outputs = outputs(version.get());
        if (!revealed) {
            return outputs.stream().map(StateOutput::masked).toList();
        }
        if (outputs.stream().anyMatch(StateOutput::sensitive)) {
            audit.add(caller, entry(project, version.get().projectId(), "read_outputs", version.get()));
        }
        return outputs;
    }

    List<StateOutput> outputs(StateVersion version) throws IOException {
        return contents.outputs(version.organizationId(), version.id(), version.pieces());
    }

    /** The resources of the current version. */
    public List<StateResource> resources(Caller caller, String project) throws IOException {
        Optional<StateVersion> version = current(caller, project);
        return version.isEmpty() ? List.of() : resources(version.get());
    }

    /** How many resources the current version holds. */
    public int resourceCount(Transaction transaction, UUID organizationId, UUID project) {
        return store.find(transaction, organizationId, project)
                .flatMap(StateRow::version)
                .map(StateVersion::resources)
                .orElse(0);
    }

    List<StateResource> resources(StateVersion version) throws IOException {
        return contents.resources(version.organizationId(), version.id(), version.pieces());
    }

    /**
     * What a writer says of its request.
     *
     * @param lockId of the lock that it holds; empty = none
     * @param md5 of the body, in base64; null = it did not say
     */
    record Writing(String lockId, @Nullable String md5) {}

    /**
     * Writes a new version. The state that is there already is no new one: Terraform sends it again when it got no
     * answer.
     *
     * @throws ApiException 400 when it is no state, 409 when it is older than the one that is there, or another's, 423
     *     when somebody else holds the lock
     */
    StateVersion write(Caller caller, String project, Writing writing, InputStream body) throws IOException {
        UUID id = projects.find(caller, project);
        Incoming incoming = contents.receive(caller.organizationId(), id, body);
        return kept(incoming, () -> {
            if (writing.md5() != null && !writing.md5().trim().equals(incoming.md5())) {
                throw ApiException.invalid(
                        "Content-MD5",
                        "is " + writing.md5() + ", and the body that arrived has " + incoming.md5()
                                + "; it was damaged on its way, send it again");
            }
            return database.inTransaction(transaction -> {
                Optional<RunToken> token = tokens.of(transaction, caller);
                StateRow row = locked(transaction, caller, project, id);
                row.requireWritable(writing.lockId());
                Optional<StateVersion> same = row.version().filter(current -> isAgain(current, incoming));
                if (same.isPresent()) {
                    return same.get();
                }
                row.version().ifPresent(current -> requireNewer(current, incoming));
                return added(
                        transaction,
                        caller,
                        incoming,
                        row,
                        token.map(RunToken::executionId).orElse(null),
                        null);
            });
        });
    }

    /** See {@link StateAccess#recover}. */
    boolean recover(UUID organizationId, UUID projectId, UUID execution, String by, byte[] state) throws IOException {
        Incoming incoming = contents.receive(organizationId, projectId, new ByteArrayInputStream(state));
        boolean recovered = false;
        try {
            recovered = database.inTransaction(transaction -> {
                Optional<StateRow> row = store.lock(transaction, organizationId, projectId);
                if (row.isEmpty() || row.get().lock().isPresent() || !isNewer(row.get(), incoming)) {
                    return false;
                }
                StateVersion version = version(incoming, row.get(), by, execution, null);
                add(transaction, version, incoming);
                return true;
            });
            return recovered;
        } finally {
            if (!recovered) {
                contents.discard(incoming);
            }
        }
    }

    private static boolean isNewer(StateRow row, Incoming incoming) {
        return row.version().isEmpty()
                || (row.version().get().lineage().equals(incoming.document().lineage())
                        && row.version().get().serial() < incoming.document().serial());
    }

    /** Keeps what arrived only if it became a version. */
    private StateVersion kept(Incoming incoming, java.util.function.Supplier<StateVersion> work) {
        boolean kept = false;
        try {
            StateVersion version = work.get();
            kept = version.id().equals(incoming.id());
            return version;
        } finally {
            if (!kept) {
                contents.discard(incoming);
            }
        }
    }

    private static boolean isAgain(StateVersion current, Incoming incoming) {
        return current.sha256().equals(incoming.sha256());
    }

    private static void requireNewer(StateVersion current, Incoming incoming) {
        String lineage = incoming.document().lineage();
        if (!lineage.equals(current.lineage())) {
            throw ApiException.conflict("The state of this project has the lineage " + current.lineage()
                    + ", and the one sent has " + lineage + ": it is the state of something else. Nothing was changed."
                    + " To begin anew, delete the state first; its versions stay.");
        }
        long serial = incoming.document().serial();
        if (serial <= current.serial()) {
            throw ApiException.conflict("The state of this project has the serial " + current.serial()
                    + ", and the one sent has " + serial
                    + (serial == current.serial() ? " with other contents" : "")
                    + ": it was written by somebody else after you read it. Nothing was changed. Read it again, then"
                    + " repeat what you did.");
        }
    }

    private StateVersion added(
            Transaction transaction,
            Caller caller,
            Incoming incoming,
            StateRow row,
            @Nullable UUID execution,
            @Nullable Long restoredFrom) {
        StateVersion version = version(incoming, row, caller.email(), execution, restoredFrom);
        add(transaction, version, incoming);
        return version;
    }

    private StateVersion version(
            Incoming incoming, StateRow row, String by, @Nullable UUID execution, @Nullable Long restoredFrom) {
        return new StateVersion(
                incoming.id(),
                incoming.organizationId(),
                incoming.projectId(),
                row.last() + 1,
                incoming.document().serial(),
                incoming.document().lineage(),
                incoming.document().terraformVersion(),
                incoming.size(),
                incoming.md5(),
                incoming.sha256(),
                incoming.storedBytes(),
                incoming.pieces(),
                incoming.document().resources(),
                incoming.document().outputs(),
                restoredFrom,
                execution,
                by,
                clock.instant());
    }

    private void add(Transaction transaction, StateVersion version, Incoming incoming) {
        contents.keep(transaction, incoming);
        store.insert(transaction, version);
        retention.afterWrite(transaction, version.projectId());
    }

    /**
     * Makes an old version's state current again, as a new version with a serial above all that its lineage ever had, so
     * that Terraform takes it for the newest.
     *
     * @throws ApiException 404 when there is no such version, 423 while anybody holds the lock
     */
    StateVersion restore(Caller caller, String project, long number) throws IOException {
        StateVersion old = version(caller, project, number);
        long serial = database.inTransaction(transaction -> {
            StateRow row = locked(transaction, caller, project, old.projectId());
            row.requireWritable("");
            return nextSerial(transaction, old);
        });
        Incoming incoming;
        try (InputStream again = contents.withSerial(old.organizationId(), old.id(), old.pieces(), serial)) {
            incoming = contents.receive(old.organizationId(), old.projectId(), again);
        }
        return kept(
                incoming,
                () -> database.inTransaction(transaction -> {
                    StateRow row = locked(transaction, caller, project, old.projectId());
                    row.requireWritable("");
                    if (nextSerial(transaction, old) != serial) {
                        throw ApiException.conflict("Somebody wrote the state while version " + number
                                + " was being restored. Nothing was changed. Look at it, then try again.");
                    }
                    StateVersion version = added(transaction, caller, incoming, row, null, number);
                    audit.add(
                            transaction,
                            caller,
                            entry(project, version.projectId(), "restore", version)
                                    .with("restored_from", number));
                    return version;
                }));
    }

    private long nextSerial(Transaction transaction, StateVersion old) {
        return store.highestSerial(transaction, old.organizationId(), old.projectId(), old.lineage()) + 1;
    }

    /** From now on there is no state; its versions stay and can be restored. */
    void delete(Caller caller, String project, String lockId) {
        UUID id = projects.find(caller, project);
        database.useTransaction(transaction -> {
            tokens.of(transaction, caller);
            StateRow row = locked(transaction, caller, project, id);
            row.requireWritable(lockId);
            if (row.version().isPresent()) {
                store.clear(transaction, caller.organizationId(), id);
                audit.add(
                        transaction,
                        caller,
                        entry(project, id, "delete", row.version().get()));
            }
        });
    }

    private StateRow locked(Transaction transaction, Caller caller, String project, UUID id) {
        return store.lock(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("project", project));
    }

    private static AuditEntry entry(String project, UUID projectId, String action, StateVersion version) {
        return AuditEntry.of("projects", "project_state", project, action)
                .with("id", projectId)
                .with("version", version.number())
                .with("serial", version.serial());
    }
}
