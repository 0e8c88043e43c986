package ai.kubiya.server.knowledge.query;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.knowledge.Reader;
import ai.kubiya.server.knowledge.search.FoundPassage;
import ai.kubiya.server.knowledge.search.KnowledgeSearch;
import ai.kubiya.server.knowledge.search.Question;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** {@code POST /api/query} of existing clients, in the three forms that they read. */
public final class QueryRoutes implements Routes {
    private static final int LONGEST = 2000;
    private static final int MOST = 10;
    private static final int MOST_OF_ONE = 3;

    private final KnowledgeSearch search;
    private final Clock clock;

    public QueryRoutes(KnowledgeSearch search, Clock clock) {
        this.search = search;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        router.post("/api/query", Scope.KNOWLEDGE_READ, this::query);
    }

    /** What the body says of user and organisation, the key says better. */
    private Response query(Request request) throws IOException {
        JsonFields fields = request.fields();
        String question = fields.requiredText("query", LONGEST).strip();
        Optional<String> format = fields.text("response_format", 20).filter(word -> !word.isBlank());
        format.filter(word -> !word.equals("json") && !word.equals("sse") && !word.equals("vercel"))
                .ifPresent(word ->
                        fields.problem("/response_format", "must be json, sse or vercel, got \"" + word + "\""));
        fields.check(request.strict());
        QueryAnswer answer = new QueryAnswer(
                Uuids.next(clock),
                request.caller().organizationId(),
                question,
                search.useful(Reader.of(request.caller()), Question.of(question), MOST, MOST_OF_ONE),
                clock.instant());
        return switch (format.orElseGet(() -> wanted(request))) {
            case "json" -> Response.ok(answer.toJson());
            case "vercel" ->
                Response.eventStream(out -> vercel(answer, new EventStream(out)))
                        .withHeader("x-vercel-ai-data-stream", "v1");
            default -> Response.eventStream(out -> events(answer, new EventStream(out)));
        };
    }

    private static String wanted(Request request) {
        String accepted = request.header("Accept").orElse("").toLowerCase(Locale.ROOT);
        return accepted.contains("application/json") && !accepted.contains("text/event-stream") ? "json" : "sse";
    }

    /** A line for each result, since the command line gives up at 64 KiB; the step's end would be an error to it. */
    private static void vercel(QueryAnswer answer, EventStream out) throws IOException {
        line(out, "0", Json.MAPPER.getNodeFactory().textNode(answer.summary() + "\n\n"));
        for (FoundPassage passage : answer.found()) {
            line(out, "0", Json.MAPPER.getNodeFactory().textNode(QueryAnswer.inWords(passage)));
            line(out, "2", Json.array().add(answer.result(passage)));
        }
        ObjectNode end = Json.object().put("finishReason", "stop");
        end.putObject("usage").put("promptTokens", 0).put("completionTokens", 0);
        line(out, "d", end);
        out.flush();
    }

    private static void line(EventStream out, String type, JsonNode payload) throws IOException {
        out.line(type + ":" + Json.text(payload));
    }

    private static void events(QueryAnswer answer, EventStream out) throws IOException {
        ObjectNode begin =
                Json.object().put("type", "progress").put("percentage", 100).put("message", answer.summary());
        begin.putArray("sources_checked").add("knowledge");
        out.send(null, null, begin);
        for (FoundPassage passage : answer.found()) {
            out.send(null, null, Json.object().put("type", "result").setAll(answer.result(passage)));
        }
        ObjectNode end = Json.object()
                .put("type", "complete")
                .put("session_id", answer.id().toString())
                .put("total_results", answer.found().size());
        end.putArray("suggestions");
        out.send(null, null, end);
        out.data("[DONE]");
        out.flush();
    }
}
