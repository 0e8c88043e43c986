package ai.kubiya.server.agent.chat.loop;

import java.util.List;

/** What the organisation knows about a question, as far as the one who asks it may read it. */
public interface TurnKnowledge {
    /** There is nothing. */
    TurnKnowledge NONE = new TurnKnowledge() {
        @Override
        public List<KnowledgePassage> find(String question) {
            return List.of();
        }

        @Override
        public List<KnowledgePassage> read(List<Citation> citations) {
            return List.of();
        }
    };

    /** The best first. Asked once in a turn; where they stand is in the journal then. */
    List<KnowledgePassage> find(String question);

    /** What stands there, for a turn that is taken up again; what may not be read any more is left out. */
    List<KnowledgePassage> read(List<Citation> citations);
}
