package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/**
 * A passage that was found.
 *
 * @param of the entry
 * @param position 0 for the first of its entry
 * @param start where it begins in the entry's content
 * @param relevance from 0 to 1
 * @param highlights the words that were asked for
 */
public record FoundPassage(
        Of of,
        int position,
        String heading,
        String text,
        int start,
        int end,
        double relevance,
        List<Highlights.Span> highlights) {
    public FoundPassage {
        highlights = List.copyOf(highlights);
    }

    /** Which entry a passage is of, as it was when it was found. */
    public record Of(UUID entry, int version, String title) {}

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("text", text)
                .put("heading", heading)
                .put("position", position)
                .put("start", start)
                .put("end", end)
                .put("html", Highlights.html(text, highlights));
        ArrayNode spans = json.putArray("highlights");
        highlights.forEach(span -> spans.addObject().put("start", span.start()).put("end", span.end()));
        return json;
    }
}
