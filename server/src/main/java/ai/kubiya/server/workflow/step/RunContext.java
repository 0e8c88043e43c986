package ai.kubiya.server.workflow.step;

import ai.kubiya.server.access.Caller;
import java.util.Set;
import java.util.UUID;

/**
 * The run that a step belongs to.
 *
 * @param execution of the run
 * @param caller in whose name
 * @param runner of steps that name none
 * @param depth how many workflows it is within
 * @param secrets names of the secrets that came with the request
 */
public record RunContext(UUID execution, Caller caller, String runner, int depth, Set<String> secrets) {
    public RunContext {
        secrets = Set.copyOf(secrets);
    }
}
