package ai.kubiya.server.tool;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** HTTP of tools on both surfaces; running them is {@code ToolRunRoutes}. */
public final class ToolRoutes implements Routes {
    /** Fields of tools that say how they are run, not what they are. */
    private static final List<String> BEYOND_DEFINITION = List.of("network", ApprovalRule.FIELD);

    private final ToolService tools;

    public ToolRoutes(ToolService tools) {
        this.tools = tools;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/tools", "/api/v1/tools")) {
            router.get(base, Scope.TOOLS_READ, request -> list(request, false))
                    .get(base + "/search", Scope.TOOLS_READ, request -> list(request, true))
                    .post(base, Scope.SOURCES_WRITE, this::create)
                    .get(base + "/{tool}", Scope.TOOLS_READ, this::get)
                    .put(base + "/{tool}", Scope.SOURCES_WRITE, request -> change(request, false))
                    .patch(base + "/{tool}", Scope.SOURCES_WRITE, request -> change(request, true))
                    .delete(base + "/{tool}", Scope.SOURCES_WRITE, this::delete);
        }
    }

    private Response list(Request request, boolean search) {
        String query = request.query("q").or(() -> request.query("query")).orElse(null);
        if (search && query == null) {
            throw ApiException.invalid("q", "is required: the words to search for");
        }
        return Response.list(
                request,
                tools.list(request.caller(), source(request), query, request.range())
                        .map(ToolJson::of));
    }

    private Response get(Request request) {
        return shown(tools.get(request.caller(), request.parameter("tool"), source(request)));
    }

    private Response create(Request request) throws IOException {
        ToolDefinition definition = definition(request, request.jsonObject());
        Tool tool = tools.create(request.caller(), definition);
        return Response.created(request, "/v1/tools/" + tool.id(), ToolJson.of(tool))
                .withTag(tool.id(), tool.version());
    }

    private static Response shown(Tool tool) {
        return Response.ok(ToolJson.of(tool)).withTag(tool.id(), tool.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(tools.update(
                request.caller(), request.parameter("tool"), source(request), request.precondition(), tool -> {
                    ObjectNode stored = ToolJson.of(tool);
                    stored.remove(ToolJson.READ_ONLY);
                    return definition(
                            request, merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent));
                }));
    }

    private Response delete(Request request) {
        tools.delete(request.caller(), request.parameter("tool"), source(request), request.precondition());
        return Response.deleted();
    }

    private static ToolDefinition definition(Request request, ObjectNode body) {
        body.remove(ToolJson.READ_ONLY);
        ToolDefinition definition = ToolService.parse(body, "");
        Optional<String> unknown = definition.extra().properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !BEYOND_DEFINITION.contains(name))
                .findFirst();
        if (request.strict() && unknown.isPresent()) {
            throw ApiException.invalid("/" + unknown.get(), "is not a field of a tool");
        }
        return definition;
    }

    static @Nullable UUID source(Request request) {
        return request.query("source_id")
                .or(() -> request.query("source_uuid"))
                .map(text -> Uuids.parse(text)
                        .orElseThrow(() -> ApiException.invalid("source_id", "must be a uuid, got \"" + text + "\"")))
                .orElse(null);
    }
}
