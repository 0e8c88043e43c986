package ai.kubiya.server.knowledge.query;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.knowledge.search.FoundPassage;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was found for a question, in the words of the clients that ask: the command line reads {@code data}, {@code score} and
 * {@code database} of each result, the Python SDK reads {@code title}, {@code source} and {@code summary}.
 */
record QueryAnswer(UUID id, UUID organizationId, String query, List<FoundPassage> found, Instant at) {
    private static final String DATABASE = "knowledge";

    QueryAnswer {
        found = List.copyOf(found);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("session_id", id.toString())
                .put("query_id", id.toString())
                .put("query", query)
                .put("total_results", found.size());
        json.set("results", results());
        json.put("summary", summary());
        json.putArray("suggestions");
        return json.put("timestamp", Json.time(at)).put("org_id", organizationId.toString());
    }

    ArrayNode results() {
        ArrayNode results = Json.array();
        found.forEach(passage -> results.add(result(passage)));
        return results;
    }

    ObjectNode result(FoundPassage passage) {
        ObjectNode metadata = Json.object()
                .put("knowledge_id", passage.of().entry().toString())
                .put("version", passage.of().version())
                .put("title", passage.of().title())
                .put("heading", passage.heading())
                .put("position", passage.position());
        ObjectNode json = Json.object();
        json.putObject("data").put("chunk_content", passage.text()).put("metadata", Json.text(metadata));
        json.put("score", score(passage))
                .put("database", DATABASE)
                .put("title", passage.of().title())
                .put("source", DATABASE + "/" + passage.of().entry())
                .put("summary", passage.text());
        json.set("metadata", metadata);
        return json;
    }

    private static double score(FoundPassage passage) {
        return Math.round(passage.relevance() * 10_000) / 10_000.0;
    }

    String summary() {
        return switch (found.size()) {
            case 0 -> "Nothing that you may read fits this question.";
            case 1 -> "One passage fits this question.";
            default -> found.size() + " passages fit this question.";
        };
    }

    /** A passage for people who read the stream. */
    static String inWords(FoundPassage passage) {
        String under = passage.heading().isEmpty() ? "" : " > " + passage.heading();
        return "## " + passage.of().title() + under + "\n\n" + passage.text() + "\n\n";
    }
}
