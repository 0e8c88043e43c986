package ai.kubiya.server.knowledge;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP of entries and their versions on both surfaces. */
public final class KnowledgeRoutes implements Routes {
    private static final String DOCUMENTED = "/v1/knowledge";

    private final KnowledgeService knowledge;

    public KnowledgeRoutes(KnowledgeService knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of(DOCUMENTED, "/api/v1/knowledge")) {
            String one = base + "/{knowledge}";
            String version = one + "/versions/{knowledge_version}";
            router.get(base, Scope.KNOWLEDGE_READ, this::list)
                    .post(base, Scope.KNOWLEDGE_WRITE, this::create)
                    .get(one, Scope.KNOWLEDGE_READ, this::get)
                    .put(one, Scope.KNOWLEDGE_WRITE, request -> change(request, false))
                    .patch(one, Scope.KNOWLEDGE_WRITE, request -> change(request, true))
                    .delete(one, Scope.KNOWLEDGE_WRITE, this::delete)
                    .get(one + "/versions", Scope.KNOWLEDGE_READ, this::versions)
                    .get(version, Scope.KNOWLEDGE_READ, this::version)
                    .get(version + "/diff", Scope.KNOWLEDGE_READ, this::diff)
                    .post(version + "/restore", Scope.KNOWLEDGE_WRITE, this::restore);
        }
    }

    private Response list(Request request) {
        return Response.list(
                request,
                knowledge
                        .list(request.caller(), filter(request), words(request), order(request), request.range())
                        .map(KnowledgeJson::of));
    }

    /** The filters that lists and searches have in common. */
    public static KnowledgeFilter filter(Request request) {
        return new KnowledgeFilter(
                labels(request),
                request.query("type").orElse(null),
                request.query("visibility").map(KnowledgeRoutes::visibility).orElse(null));
    }

    private static @Nullable String words(Request request) {
        return request.query("query").or(() -> request.query("q")).orElse(null);
    }

    /** {@code tag}, {@code tags}, {@code label} and {@code labels}, each one or several with commas between. */
    private static List<String> labels(Request request) {
        return List.of("tag", "tags", "label", "labels").stream()
                .flatMap(name -> request.query(name).stream())
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .distinct()
                .toList();
    }

    private static Visibility visibility(String word) {
        return Visibility.ofWireName(word)
                .orElseThrow(() -> ApiException.invalid(
                        "visibility", "must be private, organization or public, got \"" + word + "\""));
    }

    private static KnowledgeFilter.Order order(Request request) {
        String word = request.query("sort").orElse("created_at");
        return new KnowledgeFilter.Order(
                switch (word) {
                    case "created_at" -> KnowledgeFilter.Order.By.CREATED_AT;
                    case "updated_at" -> KnowledgeFilter.Order.By.UPDATED_AT;
                    case "name", "title" -> KnowledgeFilter.Order.By.NAME;
                    default ->
                        throw ApiException.invalid(
                                "sort", "must be created_at, updated_at, name or title, got \"" + word + "\"");
                },
                descending(request));
    }

    public static boolean descending(Request request) {
        String word = request.query("order").orElse("asc").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw ApiException.invalid("order", "must be asc or desc, got \"" + word + "\"");
        };
    }

    private Response get(Request request) {
        return shown(knowledge.get(request.caller(), request.parameter("knowledge")));
    }

    /** An entry as it is now. */
    public static Response shown(KnowledgeEntry entry) {
        return Response.ok(KnowledgeJson.of(entry)).withTag(entry.id(), entry.changes());
    }

    private Response create(Request request) throws IOException {
        return created(request, knowledge.create(request.caller(), request.jsonObject(), request.strict()));
    }

    /** The answer to what made an entry. */
    public static Response created(Request request, KnowledgeEntry entry) {
        return Response.created(request, DOCUMENTED + "/" + entry.id(), KnowledgeJson.of(entry))
                .withTag(entry.id(), entry.changes());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(knowledge.update(
                request.caller(),
                request.parameter("knowledge"),
                request.precondition(),
                sent,
                merge ? MergePatch::merge : MergePatch::replaceSent,
                request.strict()));
    }

    private Response delete(Request request) {
        knowledge.delete(request.caller(), request.parameter("knowledge"), request.precondition());
        return Response.deleted();
    }

    private Response versions(Request request) {
        return Response.list(
                request,
                knowledge
                        .versions(
                                request.caller(), request.parameter("knowledge"), descending(request), request.range())
                        .map(KnowledgeJson::of));
    }

    private Response version(Request request) {
        return Response.ok(
                KnowledgeJson.of(knowledge.version(request.caller(), request.parameter("knowledge"), number(request))));
    }

    /** Anything but a number cannot exist, so it is a 404. */
    private static int number(Request request) {
        String text = request.parameter("knowledge_version");
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw ApiException.notFound("version of the knowledge entry", text);
        }
        return Integer.parseInt(text);
    }

    private Response diff(Request request) {
        int to = number(request);
        int from = (int) request.number("from", to - 1L, 0, Integer.MAX_VALUE);
        return Response.ok(knowledge.diff(request.caller(), request.parameter("knowledge"), from, to));
    }

    private Response restore(Request request) {
        return shown(knowledge.restore(
                request.caller(), request.parameter("knowledge"), number(request), request.precondition()));
    }
}
