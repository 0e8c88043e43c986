package ai.kubiya.server.knowledge.external;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** HTTP of external knowledge as Terraform's provider knows it. */
public final class ExternalKnowledgeCompatRoutes implements Routes {
    /** The provider knows no other vendor. */
    private static final String VENDOR = "slack";

    private static final String PATH = "/api/v1/rag/integration/" + VENDOR;
    private static final String ONE = PATH + "/{external_knowledge}";
    private static final List<String> READ_ONLY = List.of(
            "id", "uuid", "org", "user_email", "integration_type", "start_date", "created_at", "updated_at", "message");
    private static final int MOST = 1000;

    private final ExternalKnowledgeService external;

    public ExternalKnowledgeCompatRoutes(ExternalKnowledgeService external) {
        this.external = external;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.KNOWLEDGE_READ, this::list)
                .post(PATH, Scope.KNOWLEDGE_WRITE, this::create)
                .get(ONE, Scope.KNOWLEDGE_READ, this::get)
                .put(ONE, Scope.KNOWLEDGE_WRITE, this::update)
                .delete(ONE, Scope.KNOWLEDGE_WRITE, this::delete);
    }

    private static UUID id(Request request) {
        return request.uuid("external_knowledge", "external knowledge");
    }

    private Response list(Request request) {
        return Response.list(
                request,
                external.list(request.caller(), VENDOR, request.range()).map(ExternalKnowledge::toJson));
    }

    private Response get(Request request) {
        ExternalKnowledge found = external.get(request.caller(), VENDOR, id(request));
        return Response.ok(found.toJson()).withTag(found.id(), found.changes());
    }

    private static List<String> channels(Request request) throws IOException {
        JsonFields fields = request.fields().ignore(READ_ONLY);
        List<String> channels = fields.texts("channel_ids").stream().distinct().toList();
        if (channels.isEmpty() && fields.isFine()) {
            fields.problem("/channel_ids", "is required: at least one channel");
        }
        if (channels.size() > MOST) {
            fields.problem("/channel_ids", "must be at most " + MOST + ", got " + channels.size());
        }
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).isBlank() || channels.get(i).length() > 200) {
                fields.problem("/channel_ids/" + i, "must have 1 to 200 characters");
            }
        }
        fields.check(request.strict());
        return channels;
    }

    private Response create(Request request) throws IOException {
        return saved(external.create(request.caller(), VENDOR, channels(request)));
    }

    private Response update(Request request) throws IOException {
        return saved(external.update(request.caller(), VENDOR, id(request), request.precondition(), channels(request)));
    }

    private static Response saved(ExternalKnowledge found) {
        ObjectNode json = found.toJson().put("message", "Kept. This server does not read these channels.");
        return Response.ok(json).withTag(found.id(), found.changes());
    }

    private Response delete(Request request) {
        external.delete(request.caller(), VENDOR, id(request), request.precondition());
        return Response.deleted();
    }
}
