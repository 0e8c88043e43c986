package ai.kubiya.server.knowledge.file;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.FileForm;
import ai.kubiya.server.http.Handler;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.StorableJson;
import ai.kubiya.server.knowledge.KnowledgeRoutes;
import ai.kubiya.server.knowledge.KnowledgeService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Uploads: a file becomes an entry, or the content of one. Re-reading a file that has not changed changes nothing. */
public final class FileRoutes implements Routes {
    private static final long LARGEST = 20L << 20;
    private static final Set<String> TEXTS = Set.of("title", "name", "description", "visibility", "type");
    private static final Set<String> LISTS =
            Set.of("labels", "tags", "groups", "supported_agents", "supported_agents_groups");

    private final KnowledgeService knowledge;
    private final Extractor extractor;
    private final Path workspace;

    public FileRoutes(KnowledgeService knowledge, Extractor extractor, Path workspace) {
        this.knowledge = knowledge;
        this.extractor = extractor;
        this.workspace = workspace;
    }

    @Override
    public void addTo(Router router) {
        router.add(upload("POST", "/v1/knowledge/files", this::create))
                .add(upload("PUT", "/v1/knowledge/{knowledge}/file", this::replace));
    }

    private static Route upload(String method, String pattern, Handler handler) {
        return Route.of(method, pattern, Scope.KNOWLEDGE_WRITE, handler).withBodyLimit(LARGEST);
    }

    private FileForm form(Request request) throws IOException {
        return FileForm.read(request, workspace, "a document", "file=@guide.pdf");
    }

    private Response create(Request request) throws IOException {
        try (FileForm form = form(request)) {
            ObjectNode body = said(form, true);
            body.setAll(read(form));
            if (!body.has("title") && !body.has("name")) {
                body.put("title", name(form).replaceAll("(?<=.)\\.[^.]*$", ""));
            }
            return KnowledgeRoutes.created(request, knowledge.create(request.caller(), body, request.strict()));
        }
    }

    private Response replace(Request request) throws IOException {
        try (FileForm form = form(request)) {
            knowledge.get(request.caller(), request.parameter("knowledge"));
            said(form, false);
            ObjectNode sent = read(form);
            return KnowledgeRoutes.shown(knowledge.update(
                    request.caller(),
                    request.parameter("knowledge"),
                    request.precondition(),
                    sent,
                    MergePatch::merge,
                    request.strict()));
        }
    }

    /** The form's fields beside the file, as the fields of an entry. */
    private static ObjectNode said(FileForm form, boolean fieldsAllowed) {
        ObjectNode body = Json.object();
        List<FieldProblem> problems = new ArrayList<>();
        form.fields().forEach((name, value) -> {
            if (fieldsAllowed && TEXTS.contains(name)) {
                body.put(name, value);
            } else if (fieldsAllowed && LISTS.contains(name)) {
                body.set(
                        name,
                        Json.array(Arrays.stream(value.split(","))
                                .map(String::strip)
                                .filter(each -> !each.isEmpty())
                                .toList()));
            } else {
                problems.add(new FieldProblem("/" + name, "is not a field of this form"));
            }
        });
        problems.addAll(StorableJson.problems(body));
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
        return body;
    }

    private ObjectNode read(FileForm form) throws IOException {
        String name = name(form);
        FileFormat format = FileFormat.of(name)
                .orElseThrow(() -> ApiException.invalid(
                        "/file",
                        "must be Markdown, text, HTML, PDF or DOCX by the ending of its name, got \"" + name + "\""));
        ObjectNode body = Json.object()
                .put("content", extractor.text(form.file(), format))
                .put("source", "upload");
        body.putObject("metadata").put("format", format.wireName());
        body.putObject("properties").put("file_name", name);
        return body;
    }

    private static String name(FileForm form) {
        String name = form.fileName()
                .replaceAll("^.*[/\\\\]", "")
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return name.isEmpty() || name.length() > 255 ? "file" : name;
    }
}
