package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.chat.loop.TurnKnowledge;

/** What an agent may be told of what somebody may read. */
@FunctionalInterface
public interface AgentKnowledge {
    /** For a turn of an agent that somebody began. */
    TurnKnowledge of(Caller caller, Agent agent);
}
