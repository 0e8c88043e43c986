package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.knowledge.KnowledgeJson;
import ai.kubiya.server.knowledge.KnowledgeRoutes;
import ai.kubiya.server.knowledge.Reader;
import ai.kubiya.server.knowledge.search.KnowledgeSearch.FoundEntry;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** HTTP of searches on both surfaces. */
public final class SearchRoutes implements Routes {
    private static final int LONGEST = 2000;

    private final KnowledgeSearch search;

    public SearchRoutes(KnowledgeSearch search) {
        this.search = search;
    }

    @Override
    public void addTo(Router router) {
        router.get("/v1/knowledge/search", Scope.KNOWLEDGE_READ, this::search)
                .get("/api/v1/knowledge/search", Scope.KNOWLEDGE_READ, this::compatible);
    }

    private Response search(Request request) {
        return Response.list(request, found(request, request.range()).map(SearchRoutes::json));
    }

    /** In this form alone lists of the compatibility surface are not bare: it is what its page shows. */
    private Response compatible(Request request) {
        Page.Range asked = request.range();
        Page.Range range = asked.equals(Page.Range.ALL) ? new Page.Range(50, 0) : asked;
        Page<FoundEntry> page = found(request, range);
        ObjectNode json = Json.object();
        page.rows().stream().map(SearchRoutes::json).forEach(json.putArray("results")::add);
        return Response.ok(json.put("total", page.total())
                .put("page", range.offset() / range.limit() + 1)
                .put("limit", range.limit()));
    }

    private Page<FoundEntry> found(Request request, Page.Range range) {
        String question = request.query("query")
                .or(() -> request.query("q"))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiException.invalid("query", "is required: what to search for; q is the same"));
        if (question.length() > LONGEST) {
            throw ApiException.invalid("query", "must have at most " + LONGEST + " characters");
        }
        Reader reader = Reader.of(request.caller()).narrowed(KnowledgeRoutes.filter(request));
        return search.entries(reader, new Question(question.strip(), by(request)), newestFirst(request), range);
    }

    private static Question.By by(Request request) {
        String word = request.query("by").orElse("both");
        return Arrays.stream(Question.By.values())
                .filter(by -> by.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("by", "must be both, words or meaning, got \"" + word + "\""));
    }

    private static boolean newestFirst(Request request) {
        String sort = request.query("sort").orElse("relevance");
        return switch (sort) {
            case "relevance" -> false;
            case "created_at" -> true;
            default -> throw ApiException.invalid("sort", "must be relevance or created_at, got \"" + sort + "\"");
        };
    }

    private static ObjectNode json(FoundEntry found) {
        ObjectNode json = KnowledgeJson.of(found.entry());
        json.put("relevance_score", Math.round(found.passage().relevance() * 10_000) / 10_000.0);
        json.set("passage", found.passage().toJson());
        return json;
    }
}
