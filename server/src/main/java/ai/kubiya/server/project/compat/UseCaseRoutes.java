package ai.kubiya.server.project.compat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.template.Template;
import ai.kubiya.server.project.template.Templates;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** Use cases: the projects of an organisation, and the templates in a repository. */
public final class UseCaseRoutes implements Routes {
    private static final String PATH = "/api/v1/usecases";
    private static final String ONE = PATH + "/{usecase}";

    private final ProjectService projects;
    private final Templates templates;

    public UseCaseRoutes(ProjectService projects, Templates templates) {
        this.projects = projects;
        this.templates = templates;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.PROJECTS_READ, this::list)
                .post(PATH, Scope.PROJECTS_WRITE, this::create)
                .get(ONE, Scope.PROJECTS_READ, this::get)
                .patch(ONE, Scope.PROJECTS_WRITE, this::change);
    }

    /** All at once: these clients turn no pages. */
    private Response list(Request request) {
        ArrayNode all = Json.array();
        Caller caller = request.caller();
        Optional<String> repository = request.query("repository").filter(url -> !url.isBlank());
        repository.ifPresent(url -> all.addAll(UseCaseJson.templates(templates.ofRepository(caller, url))));
        projects.list(caller, null, null, Page.Range.ALL).rows().stream()
                .filter(project -> repository.isEmpty()
                        || repository.get().equals(project.definition().code().url()))
                .map(UseCaseJson::of)
                .forEach(all::add);
        return Response.ok(Json.object().set("usecases", all));
    }

    private Response get(Request request) {
        String id = request.parameter("usecase");
        Optional<Template> template = templates.find(request.caller(), id);
        return template.isPresent()
                ? Response.ok(UseCaseJson.of(template.get()))
                : shown(projects.require(request.caller(), id));
    }

    private static Response shown(Project project) {
        return Response.ok(UseCaseJson.of(project)).withTag(project.id(), project.version());
    }

    private Response create(Request request) throws IOException {
        ObjectNode body = UseCaseInput.creation(request.jsonObject());
        if (!body.hasNonNull("template_id")
                && !body.hasNonNull("usecase_id")
                && !body.hasNonNull("url")
                && body.path("files").isEmpty()) {
            throw ApiException.invalid("/template_id", "is required: the id of a use case that the project is made of");
        }
        return shown(projects.create(request.caller(), templates.applied(request.caller(), body), false));
    }

    private Response change(Request request) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(projects.update(
                request.caller(),
                request.parameter("usecase"),
                request.precondition(),
                stored -> UseCaseInput.change(stored, sent),
                false));
    }
}
