package ai.kubiya.server.runner;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.RemoteLeases;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.runner.token.NewRunnerToken;
import ai.kubiya.server.runner.token.RunnerToken;
import ai.kubiya.server.runner.token.RunnerTokens;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates, reads, changes and removes runners, and says what they are to do. */
public final class RunnerService {
    private final Database database;
    private final RunnerStore store = new RunnerStore();
    private final RunnerStates states;
    private final RunnerTokens tokens;
    private final RemoteLeases leases;
    private final AuditLog audit;
    private final Clock clock;

    public RunnerService(
            Database database,
            RunnerStates states,
            RunnerTokens tokens,
            RemoteLeases leases,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.states = states;
        this.tokens = tokens;
        this.leases = leases;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A runner with a token that was just made for it.
     *
     * @param created whether the runner is new as well
     */
    public record WithToken(RunnerState state, NewRunnerToken token, boolean created) {}

    /**
     * The built-in runners, then the organisation's own by name.
     *
     * @param builtIn names under which the embedded runner is listed
     */
    Page<RunnerState> list(Caller caller, Page.Range range, List<String> builtIn) {
        return database.read(transaction -> {
            long skipped = Math.min(range.offset(), builtIn.size());
            List<RunnerState> rows = new ArrayList<>();
            if (skipped < builtIn.size()) {
                RunnerState embedded = states.embedded(transaction, caller.organizationId());
                builtIn.stream().skip(skipped).limit(range.limit()).forEach(name -> rows.add(embedded.named(name)));
            }
            Page.Range rest = new Page.Range(Math.max(1, range.limit() - rows.size()), range.offset() - skipped);
            Page<Runner> own = store.list(transaction, caller.organizationId(), rest);
            if (rows.size() < range.limit()) {
                rows.addAll(states.of(transaction, caller.organizationId(), own.rows()));
            }
            return new Page<>(rows, own.total() + builtIn.size(), range);
        });
    }

    RunnerState get(Caller caller, String nameOrId) {
        return database.read(transaction -> {
            if (Runners.builtInNames().contains(nameOrId)) {
                return states.embedded(transaction, caller.organizationId()).named(nameOrId);
            }
            return states.of(transaction, own(transaction, caller, nameOrId));
        });
    }

    /** One of the organisation's own runners. */
    private Runner own(Transaction transaction, Caller caller, String nameOrId) {
        return store.findByName(transaction, caller.organizationId(), nameOrId)
                .or(() -> Uuids.parse(nameOrId).flatMap(id -> store.find(transaction, caller.organizationId(), id)))
                .orElseThrow(() -> ApiException.notFound("runner", nameOrId));
    }

    private Runner locked(Transaction transaction, Caller caller, String nameOrId, Precondition known) {
        if (Runners.builtInNames().contains(nameOrId)) {
            throw ApiException.conflict(
                    "The runner \"" + nameOrId + "\" is part of the server; it can be neither changed nor removed.");
        }
        UUID id = own(transaction, caller, nameOrId).id();
        store.lock(transaction, caller.organizationId(), id);
        Runner runner = store.find(transaction, caller.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("runner", nameOrId));
        known.check(id, runner.version());
        return runner;
    }

    /**
     * Creates a runner and its token; of a runner that is there already, only a token. Existing clients do so to get a
     * manifest again.
     *
     * @throws ApiException 400 naming every field that is wrong
     */
    WithToken create(Caller caller, String name, ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(body);
        RunnerDefinition definition = RunnerDefinition.of(name, fields);
        String problem = RunnerDefinition.problem(name);
        if (problem != null) {
            fields.problem("/name", problem);
        }
        fields.check(strict);
        return database.inTransaction(transaction -> {
            Instant now = clock.instant();
            Runner runner = new Runner(
                    Uuids.next(clock),
                    caller.organizationId(),
                    definition,
                    false,
                    null,
                    caller.email(),
                    caller.email(),
                    now,
                    now,
                    1);
            boolean created = store.insert(transaction, runner);
            if (created) {
                audit.add(transaction, caller, entry(runner, "create"));
            }
            return withToken(transaction, caller, name, created ? "created" : "manifest", !created, created);
        });
    }

    private WithToken withToken(
            Transaction transaction, Caller caller, String name, String purpose, boolean toInstall, boolean created) {
        Runner runner = own(transaction, caller, name);
        NewRunnerToken token =
                made(transaction, caller, runner, purpose, toInstall).token();
        return new WithToken(states.of(transaction, runner), token, created);
    }

    private RunnerTokens.Made made(
            Transaction transaction, Caller caller, Runner runner, String purpose, boolean toInstall) {
        RunnerTokens.Made made =
                tokens.make(transaction, runner.organizationId(), runner.id(), caller.email(), purpose, toInstall);
        audit.add(transaction, caller, entry(runner, "create_token").with("purpose", purpose));
        return made;
    }

    /** A token to install a runner with; void unless it is used within a day. */
    public WithToken forInstallation(Caller caller, String nameOrId, String purpose) {
        return database.inTransaction(transaction -> {
            Runner runner = locked(transaction, caller, nameOrId, Precondition.NONE);
            return withToken(transaction, caller, runner.name(), purpose, true, false);
        });
    }

    /** A token of a runner that was there before. */
    record AddedToken(Runner runner, RunnerTokens.Made made) {}

    /** Another token that stays. */
    AddedToken addToken(Caller caller, String nameOrId, String purpose) {
        return database.inTransaction(transaction -> {
            Runner runner = locked(transaction, caller, nameOrId, Precondition.NONE);
            return new AddedToken(runner, made(transaction, caller, runner, purpose, false));
        });
    }

    List<RunnerToken> tokens(Caller caller, String nameOrId) {
        Runner runner = get(caller, nameOrId).runner();
        return runner.isEmbedded() ? List.of() : tokens.list(runner.organizationId(), runner.id());
    }

    RunnerToken token(Caller caller, String nameOrId, UUID token) {
        Runner runner = get(caller, nameOrId).runner();
        return tokens.find(runner.organizationId(), runner.id(), token)
                .orElseThrow(() -> ApiException.notFound("token", token));
    }

    void revokeToken(Caller caller, String nameOrId, UUID token, Precondition known) {
        database.useTransaction(transaction -> {
            Runner runner = own(transaction, caller, nameOrId);
            RunnerToken revoked = tokens.revoke(transaction, runner.organizationId(), runner.id(), token)
                    .orElseThrow(() -> ApiException.notFound("token", token));
            known.check(token, RunnerToken.VERSION);
            audit.add(transaction, caller, entry(runner, "revoke_token").with("prefix", revoked.prefix()));
        });
    }

    /**
     * Changes a runner. It keeps its name.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    RunnerState update(
            Caller caller, String nameOrId, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return database.inTransaction(transaction -> {
            Runner before = locked(transaction, caller, nameOrId, known);
            JsonFields fields = new JsonFields(change.apply(before.definition().toJson()));
            RunnerDefinition definition = RunnerDefinition.of(before.name(), fields);
            fields.check(strict);
            store.update(transaction, before, definition, caller.email(), clock.instant());
            audit.add(transaction, caller, entry(before, "update"));
            return states.of(transaction, own(transaction, caller, before.name()));
        });
    }

    /**
     * Tells a runner to do something.
     *
     * @return the new token, when the operation makes one
     */
    @Nullable
    NewRunnerToken operate(Caller caller, String nameOrId, Operation operation) {
        return database.inTransaction(transaction -> {
            Runner runner = locked(transaction, caller, nameOrId, Precondition.NONE);
            audit.add(transaction, caller, entry(runner, operation.kind().wireName()));
            NewRunnerToken token = null;
            switch (operation.kind()) {
                case DRAIN -> store.setDraining(transaction, runner, true);
                case RESUME -> store.setDraining(transaction, runner, false);
                case RESTART -> store.setRestartWanted(transaction, runner, clock.instant());
                case ROTATE_TOKEN -> token = rotate(transaction, caller, runner, operation.grace());
            }
            leases.ringWishes(transaction, runner.organizationId(), runner.name());
            return token;
        });
    }

    private NewRunnerToken rotate(Transaction transaction, Caller caller, Runner runner, Duration grace) {
        tokens.revokeAll(transaction, runner.organizationId(), runner.id(), grace);
        return tokens.make(transaction, runner.organizationId(), runner.id(), caller.email(), "rotate-token", false)
                .token();
    }

    /**
     * Removes a runner.
     *
     * @param force also while it has something to do; that ends as cancelled
     */
    void delete(Caller caller, String nameOrId, Precondition known, boolean force) {
        database.useTransaction(transaction -> {
            Runner runner = locked(transaction, caller, nameOrId, known);
            int load = states.of(transaction, runner).load();
            if (load > 0 && !force) {
                throw ApiException.conflict("The runner \"" + runner.name() + "\" has " + load
                        + " runs to do. Drain it first, or send the header \"force: true\", which cancels them.");
            }
            Ending ending = Ending.of(
                    Status.CANCELLED,
                    "runner_deleted",
                    "Its runner \"" + runner.name() + "\" was deleted by " + caller.email() + ".");
            leases.endAll(transaction, runner.organizationId(), runner.name(), ending);
            store.delete(transaction, runner);
            audit.add(transaction, caller, entry(runner, "delete").with("force", force));
            leases.ringWishes(transaction, runner.organizationId(), runner.name());
        });
    }

    /** How many more runs a runner may take now, within the transaction that gives them to it. */
    public int room(Transaction transaction, RunnerIdentity identity) {
        Optional<Runner> found = store.find(transaction, identity.organizationId(), identity.runnerId());
        if (found.isEmpty() || found.get().draining()) {
            return 0;
        }
        Integer limit = found.get().definition().concurrency();
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        // Several processes of the runner may ask at once.
        store.lock(transaction, identity.organizationId(), identity.runnerId());
        return limit - leases.inWork(transaction, identity.organizationId(), identity.name());
    }

    /** The runner of a token that stands in the url of a manifest. */
    public Optional<WithToken> ofSeed(String seed) {
        return tokens.ofSeed(seed)
                .flatMap(seeded ->
                        database.read(transaction -> store.find(transaction, seeded.organization(), seeded.runner())
                                .map(runner -> new WithToken(states.of(transaction, runner), seeded.token(), false))));
    }

    private static AuditEntry entry(Runner runner, String action) {
        return AuditEntry.of("runners", "runner", runner.name(), action).with("id", runner.id());
    }
}
