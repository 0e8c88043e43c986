package ai.kubiya.server.state;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.state.content.StateOutput;
import ai.kubiya.server.state.content.StateResource;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** States for people: what is there, what was there, and back to it. */
public final class StateVersionRoutes implements Routes {
    private static final String STATE = "/v1/projects/{project}/state";
    private static final String VERSION = STATE + "/versions/{state_version}";

    private final StateService states;

    public StateVersionRoutes(StateService states) {
        this.states = states;
    }

    @Override
    public void addTo(Router router) {
        router.get(STATE, Scope.PROJECTS_READ, this::current)
                .get(STATE + "/versions", Scope.PROJECTS_READ, this::versions)
                .get(VERSION, Scope.PROJECTS_READ, this::version)
                .get(VERSION + "/raw", Scope.PROJECTS_WRITE, this::download)
                .post(VERSION + "/restore", Scope.PROJECTS_WRITE, this::restore)
                .get("/v1/projects/{project}/outputs", Scope.PROJECTS_READ, this::outputs)
                .get("/v1/projects/{project}/resources", Scope.PROJECTS_READ, this::resources);
    }

    private Response current(Request request) {
        UUID project = states.project(request.caller(), request.parameter("project"));
        Optional<StateRow> row = states.find(request.caller(), project);
        ObjectNode json = Json.object().put("project_id", project.toString());
        json.set(
                "current",
                row.flatMap(StateRow::version).map(StateVersion::toJson).orElse(null));
        json.put("last_version", row.map(StateRow::last).orElse(0L));
        json.set("lock", row.flatMap(StateRow::lock).map(HeldLock::toJson).orElse(null));
        return Response.ok(json);
    }

    private Response versions(Request request) {
        return Response.list(
                request,
                states.versions(request.caller(), request.parameter("project"), request.range())
                        .map(StateVersion::toJson));
    }

    private static long number(Request request) {
        String text = request.parameter("state_version");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiException.notFound("version of the state", text);
        }
    }

    private StateVersion find(Request request) {
        return states.version(request.caller(), request.parameter("project"), number(request));
    }

    private Response version(Request request) {
        return Response.ok(find(request).toJson());
    }

    private Response download(Request request) throws IOException {
        StateVersion version = find(request);
        return StateRoutes.stream(states.download(request.caller(), request.parameter("project"), version), version);
    }

    private Response restore(Request request) throws IOException {
        StateVersion version = states.restore(request.caller(), request.parameter("project"), number(request));
        String location = "/v1/projects/" + version.projectId() + "/state/versions/" + version.number();
        return Response.created(location, version.toJson());
    }

    private Response outputs(Request request) throws IOException {
        List<StateOutput> outputs =
                states.outputs(request.caller(), request.parameter("project"), request.queryFlag("reveal"));
        return Response.list(request, Page.of(outputs, request.range()).map(StateOutput::toJson));
    }

    private Response resources(Request request) throws IOException {
        List<StateResource> resources = states.resources(request.caller(), request.parameter("project"));
        return Response.list(request, Page.of(resources, request.range()).map(StateResource::toJson));
    }
}
