package ai.kubiya.server.knowledge;

import ai.kubiya.server.db.ListQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of those that somebody may read.
 *
 * @param labels all of which they have
 */
public record KnowledgeFilter(
        List<String> labels,
        @Nullable String type,
        @Nullable Visibility visibility) {
    public static final KnowledgeFilter NONE = new KnowledgeFilter(List.of(), null, null);

    public KnowledgeFilter {
        labels = List.copyOf(labels);
    }

    /** What a list of them is ordered by. */
    public record Order(By by, boolean descending) {

        /** What it can be ordered by. */
        public enum By {
            CREATED_AT,
            UPDATED_AT,
            NAME
        }

        ListQuery applied(ListQuery query) {
            String direction = descending ? " DESC" : "";
            return switch (by) {
                case CREATED_AT -> descending ? query.newestFirst() : query;
                case UPDATED_AT -> query.orderedBy("e.updated_at" + direction + ", e.id" + direction);
                case NAME -> query.orderedBy("e.name" + direction + ", e.id" + direction);
            };
        }
    }
}
