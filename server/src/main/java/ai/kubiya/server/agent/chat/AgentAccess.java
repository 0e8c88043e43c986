package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;

/** Who may talk to an agent: everybody in the organisation, unless the agent names its users or groups. */
public final class AgentAccess {
    private AgentAccess() {}

    public static boolean allows(Agent agent, Caller caller) {
        return agent.audience().admits(caller);
    }

    static void require(Agent agent, Caller caller) {
        if (!allows(agent, caller)) {
            throw ApiException.of(ErrorCode.ACCESS_DENIED, refusal(agent, caller));
        }
    }

    /** Why somebody is not answered, and what to do about it. */
    public static String refusal(Agent agent, Caller caller) {
        return "The agent \"" + agent.name() + "\" talks only to the users in its allowed_users and to those in its"
                + " allowed_groups, and " + caller.email() + " is neither. Ask whoever manages the agent to add you.";
    }
}
