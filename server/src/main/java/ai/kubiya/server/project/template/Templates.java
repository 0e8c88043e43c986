package ai.kubiya.server.project.template;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.code.CodeFetch;
import ai.kubiya.server.project.code.CodeLocation;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Finds templates. */
public final class Templates {
    private final ProjectService projects;
    private final CodeFetch fetch;

    public Templates(ProjectService projects, CodeFetch fetch) {
        this.projects = projects;
        this.fetch = fetch;
    }

    /**
     * Every folder with Terraform code in a repository.
     *
     * @throws ApiException 400 when it cannot be fetched, 403 when the caller may not make projects of it
     */
    public List<Template> ofRepository(Caller caller, String url) {
        requireWriter(caller);
        return fetch.modules(url).entrySet().stream()
                .map(module -> Template.of(module.getKey(), module.getValue()))
                .toList();
    }

    /** The template with an id that is not a project's; empty when that is no id of a template. */
    public Optional<Template> find(Caller caller, String id) {
        return TemplateId.parse(id).map(code -> {
            requireWriter(caller);
            try (CodeFetch.Fetched fetched = fetch.fetch(code, "")) {
                return Template.of(code, fetched.read());
            }
        });
    }

    /** The server fetches with credentials of its own; who may only read projects sees of it what projects show. */
    private static void requireWriter(Caller caller) {
        if (!caller.may(Scope.PROJECTS_WRITE)) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "Reading the code of a repository needs the scope " + Scope.PROJECTS_WRITE.wireName()
                            + ", which the key \"" + caller.keyName() + "\" lacks.");
        }
    }

    /**
     * The fields of a new project with the place of its template's code. A template is one of a repository, or another
     * project; where the client says itself where the code is, its template is but a word.
     *
     * @throws ApiException 400 when there is no such template
     */
    public ObjectNode applied(Caller caller, ObjectNode sent) {
        String id = sent.path("template_id").asText(sent.path("usecase_id").asText(""));
        if (id.isBlank()
                || !sent.path("url").asText("").isBlank()
                || !sent.path("files").isEmpty()) {
            return sent;
        }
        CodeLocation code = TemplateId.parse(id).orElseGet(() -> ofProject(caller, id));
        ObjectNode body = sent.deepCopy();
        body.put("url", code.url()).put("branch", code.branch()).put("path", code.path());
        ObjectNode files = body.putObject("files");
        code.files().forEach(files::put);
        return body;
    }

    private CodeLocation ofProject(Caller caller, String id) {
        try {
            Project project = projects.require(caller, id);
            return project.definition().code();
        } catch (ApiException e) {
            throw ApiException.invalid(
                    "/template_id",
                    "there is no template \"" + id + "\"; it is the id of a project, or one that"
                            + " GET /api/v1/usecases?repository=URL lists");
        }
    }
}
