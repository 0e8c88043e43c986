package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.chat.loop.KnowledgePassage;
import java.util.List;

/** What an agent may be told of what somebody may read. */
@FunctionalInterface
public interface AgentKnowledge {
    /** The passages that may help to answer a question, the best first. */
    List<KnowledgePassage> find(Caller caller, Agent agent, String question);
}
