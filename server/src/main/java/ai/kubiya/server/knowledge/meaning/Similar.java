package ai.kubiya.server.knowledge.meaning;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;

/** A passage and how much it is about the same as a question, from -1 to 1. */
public record Similar(UUID passage, float similarity) {
    /** Ids decide between equals, so that pages do not overlap. */
    static final Comparator<Similar> BEST_FIRST =
            Comparator.comparing(Similar::similarity, Comparator.reverseOrder()).thenComparing(Similar::passage);

    /** The best of many that are seen one after the other. */
    static final class Best {
        private final int most;
        private final PriorityQueue<Similar> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());

        Best(int most) {
            this.most = most;
        }

        void add(Similar each) {
            worstFirst.add(each);
            if (worstFirst.size() > most) {
                worstFirst.remove();
            }
        }

        int size() {
            return worstFirst.size();
        }

        void clear() {
            worstFirst.clear();
        }

        List<Similar> bestFirst() {
            return worstFirst.stream().sorted(BEST_FIRST).toList();
        }
    }
}
