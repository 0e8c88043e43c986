package ai.kubiya.server.runner;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Uuids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which runners there are, and which of them a run is given to. For other features. */
public final class Runners {
    /** The embedded runner. */
    public static final String LOCAL = "local";

    // Existing clients and Terraform configurations name the vendor's hosted runner by default.
    private static final String HOSTED = "kubiya-hosted";
    private static final Set<String> MEANS_ANY = Set.of("", "auto", HOSTED, "kubiya-hosted-1");
    private static final int RETRY_SECONDS = 30;
    private static final int MOST_NAMED = 20;

    private final Database database;
    private final RunnerStore store = new RunnerStore();
    private final RunnerStates states;
    private final RandomGenerator random;

    public Runners(Database database, RunnerStates states, RandomGenerator random) {
        this.database = database;
        this.states = states;
        this.random = random;
    }

    /**
     * Where a run goes.
     *
     * @param wanted how the caller named it, when that left the choice to us; null when the caller named this runner
     */
    public record Chosen(String name, @Nullable String wanted) {}

    /** Whether a name is that of a runner that every organisation has, or stands for any. */
    public static boolean isBuiltIn(String name) {
        return MEANS_ANY.contains(name) || name.equals(LOCAL);
    }

    /** Names under which the embedded runner is listed for existing clients, which look for the hosted one. */
    static List<String> builtInNames() {
        return List.of(LOCAL, HOSTED);
    }

    /** Whether a name stands for a runner that there is, or for any. */
    public boolean knows(Caller caller, String name) {
        return isBuiltIn(name)
                || Labels.wantedBy(name).isPresent()
                || database.read(transaction -> store.findByName(transaction, caller.organizationId(), name))
                        .isPresent();
    }

    /** Names of an organisation's own runners, for messages; not all when there are many. */
    public List<String> names(Caller caller) {
        return database.read(transaction -> store.names(transaction, caller.organizationId(), MOST_NAMED));
    }

    /** The name of a runner that is called by its name or its id. Empty when there is none. */
    public Optional<String> nameOf(Caller caller, String idOrName) {
        if (isBuiltIn(idOrName)) {
            return Optional.of(idOrName);
        }
        return database.read(transaction -> Uuids.parse(idOrName)
                        .flatMap(id -> store.find(transaction, caller.organizationId(), id))
                        .or(() -> store.findByName(transaction, caller.organizationId(), idOrName)))
                .map(Runner::name);
    }

    /**
     * Chooses where a run goes: the runner of that name, or a ready one with little to do.
     *
     * @param name {@code auto} and an empty name leave the choice to us, {@code auto:LABEL,LABEL} among those with these
     *     labels
     * @param field what to name in the answer when there is no such runner
     * @throws ApiException 400 when there is no such runner, 503 when none of those meant can take it now
     */
    public Chosen choose(Caller caller, String name, String field) {
        return database.read(transaction -> choose(transaction, caller.organizationId(), name, field));
    }

    private Chosen choose(Transaction transaction, UUID organization, String name, String field) {
        if (name.equals(LOCAL)) {
            return new Chosen(LOCAL, null);
        }
        Optional<List<String>> labels = MEANS_ANY.contains(name) ? Optional.of(List.of()) : Labels.wantedBy(name);
        if (labels.isPresent()) {
            return leastLoaded(transaction, organization, labels.get())
                    .map(runner -> new Chosen(runner, name.isEmpty() ? "auto" : name))
                    .orElseThrow(() -> ApiException.unavailable(
                            "No runner with the labels " + String.join(", ", labels.get())
                                    + " is healthy now. GET /v1/runners shows how they are.",
                            RETRY_SECONDS));
        }
        RunnerState state = store.findByName(transaction, organization, name)
                .map(runner -> states.of(transaction, runner))
                .orElseThrow(() -> unknown(transaction, organization, name, field));
        refuseUnready(state);
        return new Chosen(name, null);
    }

    private ApiException unknown(Transaction transaction, UUID organization, String name, String field) {
        List<String> names = new ArrayList<>(store.names(transaction, organization, MOST_NAMED));
        names.add(LOCAL);
        return ApiException.invalid(
                field,
                "there is no runner \"" + name + "\"; the runners are " + String.join(", ", names) + " and auto");
    }

    private static void refuseUnready(RunnerState state) {
        String name = state.runner().name();
        if (state.processes().isEmpty()) {
            String since = Json.time(state.runner().lastSeenAt());
            throw ApiException.unavailable(
                    "The runner \"" + name + "\" is offline; "
                            + (since == null ? "it has never been heard of." : "it was last heard of at " + since + ".")
                            + " Start it, or name another runner or auto.",
                    RETRY_SECONDS);
        }
        if (state.isDraining()) {
            throw ApiException.unavailable(
                    "The runner \"" + name + "\" takes no new work; its operation resume ends that."
                            + " Name another runner or auto.",
                    RETRY_SECONDS);
        }
    }

    /** Whether there is no runner of this name any more. */
    public boolean isGone(Transaction transaction, UUID organization, String name) {
        return !isBuiltIn(name)
                && store.findByName(transaction, organization, name).isEmpty();
    }

    /**
     * Why work that is meant for this runner alone cannot begin now, in words. Empty when it can.
     *
     * @param capability what one of its processes has to understand, besides runs of tools
     */
    public Optional<String> whyWaiting(Transaction transaction, UUID organization, String name, String capability) {
        if (isBuiltIn(name)) {
            return Optional.empty();
        }
        Optional<RunnerState> found =
                store.findByName(transaction, organization, name).map(runner -> states.of(transaction, runner));
        if (found.isEmpty()) {
            return Optional.of("there is no runner \"" + name + "\" any more; name another");
        }
        RunnerState state = found.get();
        if (state.processes().isEmpty()) {
            return Optional.of("the runner \"" + name + "\" is offline");
        }
        if (state.isDraining()) {
            return Optional.of("the runner \"" + name + "\" takes no new work");
        }
        return state.processes().stream()
                        .anyMatch(process -> process.capabilities().contains(capability))
                ? Optional.empty()
                : Optional.of("the runner \"" + name + "\" is of an older version that does not know " + capability
                        + "; upgrade it");
    }

    /** Another runner for runs that were to go to one that is not there any more. */
    Optional<String> another(Transaction transaction, UUID organization, String wanted) {
        return leastLoaded(transaction, organization, Labels.wantedBy(wanted).orElse(List.of()));
    }

    private Optional<String> leastLoaded(Transaction transaction, UUID organization, List<String> labels) {
        List<RunnerState> ready =
                new ArrayList<>(states.of(transaction, organization, store.online(transaction, organization)).stream()
                        .filter(RunnerState::isReady)
                        .filter(state -> state.labels().containsAll(labels))
                        .toList());
        if (labels.isEmpty()) {
            if (ready.isEmpty()) {
                return Optional.of(LOCAL);
            }
            RunnerState embedded = states.embedded(transaction, organization);
            if (embedded.isReady()) {
                ready.add(embedded);
            }
        }
        return LeastLoaded.of(ready, random).map(state -> state.runner().name());
    }
}
