package ai.kubiya.server.knowledge.passage;

import java.util.List;

/** What is searched of an entry. */
public record Indexed(String title, String description, List<String> labels, String content) {
    public Indexed {
        labels = List.copyOf(labels);
    }
}
