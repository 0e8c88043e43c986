package ai.kubiya.server.state.token;

import ai.kubiya.server.access.Caller;
import java.util.UUID;

/**
 * A token that was given to a run.
 *
 * @param caller who acts with it: the user who started the execution, for this purpose alone
 * @param live whether its execution is not over, and the token was not replaced by another
 */
public record RunToken(UUID projectId, UUID executionId, Caller caller, boolean live) {}
