package ai.kubiya.server.agent.chat.loop;

import java.util.List;

/** Finds what the organisation knows about a question. Asked once in a turn; what it found is in the journal then. */
@FunctionalInterface
public interface TurnKnowledge {
    TurnKnowledge NONE = _ -> List.of();

    /** The best first. */
    List<KnowledgePassage> find(String question);
}
