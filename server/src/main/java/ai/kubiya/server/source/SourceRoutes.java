package ai.kubiya.server.source;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.tool.ToolService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HTTP of sources on both surfaces: they differ in create's status and in what PUT means. */
public final class SourceRoutes implements Routes {
    private static final String DOCUMENTED = "/v1/sources";
    private static final String COMPATIBILITY = "/api/v1/sources";

    private final SourceService sources;
    private final ToolService tools;

    public SourceRoutes(SourceService sources, ToolService tools) {
        this.sources = sources;
        this.tools = tools;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of(DOCUMENTED, COMPATIBILITY)) {
            router.get(base, Scope.SOURCES_READ, this::list)
                    .post(base, Scope.SOURCES_WRITE, this::create)
                    .get(base + "/load", Scope.SOURCES_WRITE, this::load)
                    .post(base + "/load", Scope.SOURCES_WRITE, this::load)
                    .get(base + "/agent_sources/{agent}", Scope.SOURCES_READ, this::ofAgent)
                    .get(base + "/{source}", Scope.SOURCES_READ, this::get)
                    .delete(base + "/{source}", Scope.SOURCES_WRITE, this::delete)
                    .get(base + "/{source}/metadata", Scope.SOURCES_READ, this::metadata)
                    .post(base + "/{source}/sync", Scope.SOURCES_WRITE, this::sync)
                    .patch(base + "/{source}", Scope.SOURCES_WRITE, this::patch);
        }
        router.put(DOCUMENTED + "/{source}", Scope.SOURCES_WRITE, this::put);
        router.put(COMPATIBILITY + "/{source}", Scope.SOURCES_WRITE, this::compatPut);
    }

    private Response list(Request request) {
        String type = request.query("type").orElse(null);
        String status = request.query("status").orElse(null);
        return Response.list(
                request,
                sources.list(request.caller(), type, status, request.range()).map(SourceJson::of));
    }

    private Response get(Request request) {
        Source source = sources.get(request.caller(), request.parameter("source"));
        return Response.ok(SourceJson.of(source)).withTag(source.id(), source.version());
    }

    private Response metadata(Request request) {
        return shown(request, sources.get(request.caller(), request.parameter("source")));
    }

    private Response shown(Request request, Source source) {
        return Response.ok(withTools(request, source)).withTag(source.id(), source.version());
    }

    private ObjectNode withTools(Request request, Source source) {
        return SourceJson.of(source, tools.jsonOfSource(request.caller(), source.id()));
    }

    private Response create(Request request) throws IOException {
        ObjectNode body = request.jsonObject();
        withQuery(request, body);
        Source source = sources.create(
                request.caller(), SourceInput.of(body, request.strict(), sources.runners(request.caller())));
        return created(request, source, withTools(request, source));
    }

    static Response created(Request request, Source source, ObjectNode body) {
        return Response.created(request, DOCUMENTED + "/" + source.id(), body).withTag(source.id(), source.version());
    }

    private Response load(Request request) throws IOException {
        ObjectNode body = request.method().equals("POST") ? request.jsonObject() : Json.object();
        withQuery(request, body);
        body.remove("type");
        SourceService.Loaded loaded = sources.loadBoth(
                request.caller(), SourceInput.of(body, request.strict(), sources.runners(request.caller())));
        return Response.ok(SourceJson.of(
                loaded.source(),
                loaded.tools().stream().map(tool -> tool.toJson(Json.MAPPER)).toList()));
    }

    /** Real clients put some fields into the query. */
    private static void withQuery(Request request, ObjectNode body) {
        for (String name : List.of("url", "branch", "runner", "name")) {
            request.query(name).filter(_ -> !body.hasNonNull(name)).ifPresent(value -> body.put(name, value));
        }
    }

    private Response sync(Request request) throws IOException {
        return sync(request, request.jsonObject());
    }

    private Response sync(Request request, ObjectNode body) {
        JsonFields fields = new JsonFields(body).ignore(List.of("force"));
        String mode = fields.text("mode", 20, "pull");
        if (!mode.equals("pull")) {
            fields.problem("/mode", "must be pull");
        }
        @Nullable String branch = fields.text("branch", 500).orElse(null);
        @Nullable ObjectNode config = fields.has("dynamic_config") ? fields.object("dynamic_config") : null;
        fields.check(request.strict());
        return shown(request, sources.sync(request.caller(), request.parameter("source"), branch, config));
    }

    private Response put(Request request) throws IOException {
        return change(request, request.jsonObject(), false);
    }

    private Response patch(Request request) throws IOException {
        return change(request, request.jsonObject(), true);
    }

    /** Clients of this surface sync with PUT; a body that changes fields is an update, which syncs as well. */
    private Response compatPut(Request request) throws IOException {
        ObjectNode body = request.jsonObject();
        boolean update = List.of("name", "url", "inline_tools", "inline_workflows", "runner", "metadata").stream()
                .anyMatch(body::hasNonNull);
        return update ? change(request, body, false) : sync(request, body);
    }

    private Response change(Request request, ObjectNode sent, boolean merge) {
        Source source = sources.update(
                request.caller(),
                request.parameter("source"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict());
        return shown(request, source);
    }

    private Response delete(Request request) {
        sources.delete(request.caller(), request.parameter("source"), request.precondition());
        return Response.deleted();
    }

    private Response ofAgent(Request request) {
        List<ObjectNode> rows = sources.ofAgent(request.caller(), request.parameter("agent")).stream()
                .map(SourceJson::of)
                .toList();
        return Response.list(request, ai.kubiya.server.http.Page.of(rows, request.range()));
    }
}
