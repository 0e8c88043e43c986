package ai.kubiya.server.knowledge;

import java.util.List;
import java.util.Map;

/**
 * What an entry says. A change of it is a new version.
 *
 * @param content empty where a list leaves out a long one
 * @param type free; {@code knowledge} when nobody says otherwise
 * @param properties free
 */
public record KnowledgeText(
        String name,
        String description,
        String content,
        List<String> labels,
        String type,
        Map<String, String> properties) {
    public KnowledgeText {
        labels = List.copyOf(labels);
        properties = Map.copyOf(properties);
    }
}
