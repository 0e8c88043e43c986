package ai.kubiya.server.source;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.FileForm;
import ai.kubiya.server.http.Handler;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.StorableJson;
import ai.kubiya.server.tool.ToolService;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Uploads of zip files: multipart forms with the archive and, beside it, name, runner and dynamic_config. */
public final class ZipSourceRoutes implements Routes {
    private static final long LARGEST_ARCHIVE = 100L << 20;

    private final SourceService sources;
    private final ToolService tools;
    private final Path workspace;

    public ZipSourceRoutes(SourceService sources, ToolService tools, Path workspace) {
        this.sources = sources;
        this.tools = tools;
        this.workspace = workspace;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/sources/zip", "/api/v1/sources/zip")) {
            for (String method : List.of("PUT", "POST")) {
                router.add(upload(method, base, this::create))
                        .add(upload(method, base + "/load", this::load))
                        .add(upload(method, base + "/sync/{source}", this::sync));
            }
        }
    }

    private static Route upload(String method, String pattern, Handler handler) {
        return Route.of(method, pattern, Scope.SOURCES_WRITE, handler).withBodyLimit(LARGEST_ARCHIVE);
    }

    private FileForm form(Request request) throws IOException {
        return FileForm.read(request, workspace, "the archive", "file=@tools.zip");
    }

    private Response create(Request request) throws IOException {
        try (FileForm form = form(request)) {
            Source source = sources.createZip(request.caller(), input(request, form), form.file());
            return SourceRoutes.created(request, source, withTools(request, source));
        }
    }

    private Response load(Request request) throws IOException {
        try (FileForm form = form(request)) {
            SourceService.Loaded loaded = sources.loadZip(request.caller(), input(request, form), form.file());
            return Response.ok(SourceJson.of(
                    loaded.source(),
                    loaded.tools().stream()
                            .map(tool -> tool.toJson(Json.MAPPER))
                            .toList()));
        }
    }

    private Response sync(Request request) throws IOException {
        try (FileForm form = form(request)) {
            Source source =
                    sources.syncZip(request.caller(), request.parameter("source"), input(request, form), form.file());
            return Response.ok(withTools(request, source));
        }
    }

    private ObjectNode withTools(Request request, Source source) {
        return SourceJson.of(source, tools.jsonOfSource(request.caller(), source.id()));
    }

    private SourceInput input(Request request, FileForm form) {
        ObjectNode body = Json.object();
        String fileName = form.fileName().replaceAll("^.*[/\\\\]", "").replaceAll("\\.zip$", "");
        body.put("name", form.field("name").or(() -> request.query("name")).orElse(fileName));
        form.field("runner").or(() -> request.query("runner")).ifPresent(runner -> body.put("runner", runner));
        form.field("dynamic_config").ifPresent(text -> {
            try {
                body.set("dynamic_config", Json.MAPPER.readTree(text));
            } catch (JsonProcessingException e) {
                throw ApiException.invalid("dynamic_config", "is not valid JSON: " + e.getOriginalMessage());
            }
            List<FieldProblem> problems = StorableJson.problems(body);
            if (!problems.isEmpty()) {
                throw ApiException.invalid(problems);
            }
        });
        return SourceInput.of(body, false, sources.runners(request.caller()));
    }
}
