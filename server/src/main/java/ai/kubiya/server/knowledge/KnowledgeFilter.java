package ai.kubiya.server.knowledge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of those that somebody may read.
 *
 * @param labels all of which they have
 * @param query words in them; null = any
 * @param order of a list
 */
public record KnowledgeFilter(
        List<String> labels,
        @Nullable String type,
        @Nullable Visibility visibility,
        @Nullable String query,
        Order order,
        boolean descending) {
    public KnowledgeFilter {
        labels = List.copyOf(labels);
    }

    /** What a list can be ordered by. */
    public enum Order {
        CREATED_AT,
        UPDATED_AT,
        NAME
    }
}
