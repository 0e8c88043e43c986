package ai.kubiya.server.tool.run;

import java.util.List;

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
     * A tool that an agent calls: it gets what the agent has too.
     *
     * @param secrets names that the agent lists
     */
    record ForAgent(String agent, List<String> secrets) implements SecretGrant {
        public ForAgent {
            secrets = List.copyOf(secrets);
        }
    }
}
