package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import java.util.List;

/** Who may talk to an agent: everybody in the organisation, unless the agent names its users. */
public final class AgentAccess {
    private AgentAccess() {}

    public static boolean allows(Agent agent, Caller caller) {
        List<String> allowed = agent.definition().allowedUsers();
        return allowed.isEmpty()
                || allowed.stream()
                        .map(String::strip)
                        .anyMatch(user -> user.equalsIgnoreCase(caller.email())
                                || user.equalsIgnoreCase(caller.userId().toString()));
    }

    static void require(Agent agent, Caller caller) {
        if (!allows(agent, caller)) {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The agent \"" + agent.name() + "\" talks only to the users in its allowed_users, and "
                            + caller.email() + " is not one of them. Ask whoever manages the agent to add you.");
        }
    }
}
