package ai.kubiya.server.tool.run;

import java.util.List;
import java.util.UUID;

/**
 * Why a call's tool may have the secrets that it names. Whoever writes a tool can have it print them in a disguise, so it
 * matters who wrote it and who calls.
 */
public sealed interface SecretGrant {

    /** A saved tool, called by a user: it was trusted with its secrets when it was saved. */
    record SavedTool() implements SecretGrant {}

    /** A definition that came with the call: its author is the caller, who must be allowed to read secrets. */
    record CallersTool() implements SecretGrant {}

    /**
     * A definition in a step of a workflow: as {@link CallersTool}, and the secrets that came with the workflow are the
     * caller's to give.
     */
    record WorkflowStep() implements SecretGrant {}

    /**
     * A tool that an agent calls: it gets what the agent has too.
     *
     * @param tags of the agent
     * @param secrets names that the agent lists
     */
    record ForAgent(UUID id, String agent, List<String> tags, List<String> secrets) implements SecretGrant {
        public ForAgent {
            tags = List.copyOf(tags);
            secrets = List.copyOf(secrets);
        }
    }
}
