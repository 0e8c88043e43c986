package ai.kubiya.server.state;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.state.content.StateOutput;
import ai.kubiya.server.state.content.StateResource;
import ai.kubiya.server.state.token.RunTokens;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** The state of a project for those who run Terraform on it. They have been allowed to already. */
public final class StateAccess {
    private static final Origin NOWHERE = new Origin("", "");

    private final Database database;
    private final StateStore store = new StateStore();
    private final StateService states;
    private final StateLocks locks;
    private final RunTokens tokens;
    private final Supplier<String> baseUrl;

    /**
     * The access.
     *
     * @param baseUrl where the embedded runner reaches this server; asked for each run, because a port is known only
     *     after the start
     */
    public StateAccess(
            Database database, StateService states, StateLocks locks, RunTokens tokens, Supplier<String> baseUrl) {
        this.database = database;
        this.states = states;
        this.locks = locks;
        this.tokens = tokens;
        this.baseUrl = baseUrl;
    }

    /**
     * How a run reaches its state: the block {@code backend "http" {}} and these variables, so that nothing of it is on
     * a command line or in a file.
     *
     * @param password good for this project's state until the execution is over
     */
    public record Backend(String address, String username, String password) {
        private static final String USER = "run";
        private static final String PATH = "/v1/projects/";

        private static Backend of(String baseUrl, UUID projectId, String token) {
            return new Backend(baseUrl + PATH + projectId + "/state/raw", USER, token);
        }

        /** The path alone, for a runner that reaches this server elsewhere. */
        public String path() {
            return address.substring(address.indexOf(PATH));
        }

        /** The environment of Terraform. */
        public Map<String, String> environment() {
            Map<String, String> variables = new TreeMap<>();
            variables.put("TF_HTTP_ADDRESS", address);
            variables.put("TF_HTTP_LOCK_ADDRESS", address);
            variables.put("TF_HTTP_UNLOCK_ADDRESS", address);
            variables.put("TF_HTTP_USERNAME", username);
            variables.put("TF_HTTP_PASSWORD", password);
            // A server that restarts is back within seconds; what was applied by then must not be forgotten.
            variables.put("TF_HTTP_RETRY_MAX", "12");
            variables.put("TF_HTTP_RETRY_WAIT_MIN", "1");
            variables.put("TF_HTTP_RETRY_WAIT_MAX", "10");
            return Map.copyOf(variables);
        }

        /** Never prints the password. */
        @Override
        public String toString() {
            return "Backend[" + address + "]";
        }
    }

    /**
     * Gives an execution access to its project's state. Whoever got it for this execution before has it no longer.
     *
     * @throws IllegalArgumentException when there is no such project or execution
     */
    public Backend open(UUID organizationId, UUID projectId, UUID executionId) {
        String token = tokens.issue(organizationId, projectId, executionId);
        return Backend.of(baseUrl.get(), projectId, token);
    }

    /** As {@link #open}, for an execution on this server. */
    public RunState here(UUID organizationId, UUID projectId, UUID executionId) {
        String token = tokens.issue(organizationId, projectId, executionId);
        Caller caller = tokens.caller(token, Map.of("project", projectId.toString()), NOWHERE)
                .orElseThrow(() -> new IllegalStateException("a token that was just made is not known"));
        return new RunState(states, locks, caller, projectId.toString());
    }

    /**
     * Keeps a state that an execution had made and could not hand over before it was lost.
     *
     * @return whether it was kept; what is there already may be newer, or another's
     */
    public boolean recover(UUID organizationId, UUID projectId, UUID executionId, String by, byte[] state)
            throws IOException {
        return states.recover(organizationId, projectId, executionId, by, state);
    }

    /** The current version; empty when there is no state. */
    public Optional<StateVersion> current(UUID organizationId, UUID projectId) {
        return database.read(transaction -> store.find(transaction, organizationId, projectId))
                .flatMap(StateRow::version);
    }

    /** Who holds the lock, as a sentence for people; empty when nobody does. */
    public Optional<String> locked(UUID organizationId, UUID projectId) {
        return database.read(transaction -> store.find(transaction, organizationId, projectId))
                .flatMap(StateRow::lock)
                .map(HeldLock::words);
    }

    /** The outputs of the current version with all their values; see {@link StateOutput#masked}. */
    public List<StateOutput> outputs(UUID organizationId, UUID projectId) throws IOException {
        Optional<StateVersion> version = current(organizationId, projectId);
        return version.isEmpty() ? List.of() : states.outputs(version.get());
    }

    public List<StateResource> resources(UUID organizationId, UUID projectId) throws IOException {
        Optional<StateVersion> version = current(organizationId, projectId);
        return version.isEmpty() ? List.of() : states.resources(version.get());
    }
}
