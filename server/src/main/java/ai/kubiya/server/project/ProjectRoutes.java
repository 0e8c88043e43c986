package ai.kubiya.server.project;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.project.template.Templates;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** HTTP of projects; their runs are in {@code project.run}. */
public final class ProjectRoutes implements Routes {
    private static final String BASE = "/v1/projects";
    private static final String ONE = BASE + "/{project}";
    private static final String VARIABLES = ONE + "/variables";

    private final ProjectService projects;
    private final LastExecutions last;
    private final Templates templates;

    public ProjectRoutes(ProjectService projects, Templates templates, LastExecutions last) {
        this.projects = projects;
        this.templates = templates;
        this.last = last;
    }

    @Override
    public void addTo(Router router) {
        router.get(BASE, Scope.PROJECTS_READ, this::list)
                .post(BASE, Scope.PROJECTS_WRITE, this::create)
                .get(ONE, Scope.PROJECTS_READ, this::get)
                .put(ONE, Scope.PROJECTS_WRITE, request -> change(request, false))
                .patch(ONE, Scope.PROJECTS_WRITE, request -> change(request, true))
                .delete(ONE, Scope.PROJECTS_WRITE, this::delete)
                .get(VARIABLES, Scope.PROJECTS_READ, this::variables)
                .put(VARIABLES, Scope.PROJECTS_WRITE, this::setVariables);
    }

    private Response list(Request request) {
        ProjectStatus status =
                request.query("status").map(ProjectRoutes::status).orElse(null);
        Page<Project> page =
                projects.list(request.caller(), request.query("name").orElse(null), status, request.range());
        Map<UUID, ObjectNode> executions =
                last.of(request.caller(), page.rows().stream().map(Project::id).toList());
        return Response.list(request, page.map(project -> ProjectJson.of(project, executions.get(project.id()))));
    }

    private static ProjectStatus status(String name) {
        try {
            return ProjectStatus.ofWireName(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("status", "\"" + name + "\" is not one of its values");
        }
    }

    private Response get(Request request) {
        return shown(request, projects.require(request.caller(), request.parameter("project")));
    }

    private ObjectNode json(Request request, Project project) {
        return ProjectJson.of(
                project, last.of(request.caller(), List.of(project.id())).get(project.id()));
    }

    private Response shown(Request request, Project project) {
        return Response.ok(json(request, project)).withTag(project.id(), project.version());
    }

    private Response create(Request request) throws IOException {
        Project project = projects.create(
                request.caller(), templates.applied(request.caller(), request.jsonObject()), request.strict());
        return Response.created(request, BASE + "/" + project.id(), json(request, project))
                .withTag(project.id(), project.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(
                request,
                projects.update(
                        request.caller(),
                        request.parameter("project"),
                        request.precondition(),
                        stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                        request.strict()));
    }

    private Response variables(Request request) {
        return variables(request, projects.require(request.caller(), request.parameter("project")));
    }

    private static Response variables(Request request, Project project) {
        return Response.list(request, Page.of(ProjectJson.variables(project), request.range()))
                .withTag(project.id(), project.version());
    }

    private Response setVariables(Request request) throws IOException {
        JsonFields fields = request.fields();
        if (!fields.has("variables")) {
            fields.problem("/variables", "is required");
        }
        fields.elements("variables");
        fields.check(request.strict());
        ObjectNode sent = request.jsonObject();
        return variables(
                request,
                projects.update(
                        request.caller(),
                        request.parameter("project"),
                        request.precondition(),
                        stored -> MergePatch.replaceSent(stored, sent),
                        request.strict()));
    }

    private Response delete(Request request) {
        projects.delete(
                request.caller(), request.parameter("project"), request.precondition(), request.queryFlag("force"));
        return Response.deleted();
    }
}
