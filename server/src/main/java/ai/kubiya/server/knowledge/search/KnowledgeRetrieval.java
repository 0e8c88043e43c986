package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.knowledge.Reader;
import java.util.List;
import java.util.UUID;

/** Finds what an agent is told when somebody asks it something. */
public final class KnowledgeRetrieval {
    private static final int MOST = 6;
    private static final int MOST_OF_ONE = 2;

    private final KnowledgeSearch search;

    public KnowledgeRetrieval(KnowledgeSearch search) {
        this.search = search;
    }

    /** @param agentGroups groups that the agent talks to */
    public List<FoundPassage> find(Caller caller, UUID agent, List<UUID> agentGroups, String question) {
        if (question.isBlank()) {
            return List.of();
        }
        return search
                .useful(Reader.inTurn(caller, agent, agentGroups), Question.of(question), MOST, MOST_OF_ONE)
                .stream()
                .filter(passage -> !passage.text().isBlank())
                .toList();
    }
}
