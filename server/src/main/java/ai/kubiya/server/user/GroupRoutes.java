package ai.kubiya.server.user;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** HTTP of groups and of who is in them. */
public final class GroupRoutes implements Routes {
    private static final String ONE = "/v1/groups/{group}";

    private final GroupService groups;

    public GroupRoutes(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public void addTo(Router router) {
        router.add(Route.anyKey("GET", "/v1/groups", this::list))
                .add(Route.anyKey("GET", "/api/v1/manage/groups", this::list))
                .add(Route.anyKey("GET", ONE, request -> shown(group(request))))
                .add(Route.anyKey("GET", ONE + "/members", this::members))
                .post("/v1/groups", Scope.ADMIN, this::create)
                .put(ONE, Scope.ADMIN, request -> change(request, false))
                .patch(ONE, Scope.ADMIN, request -> change(request, true))
                .delete(ONE, Scope.ADMIN, this::delete)
                .put(ONE + "/members/{user}", Scope.ADMIN, this::addMember)
                .delete(ONE + "/members/{user}", Scope.ADMIN, this::removeMember);
    }

    private static Response shown(Group group) {
        return Response.ok(UserJson.of(group)).withTag(group.id(), group.version());
    }

    private Group group(Request request) {
        return groups.get(request.caller(), request.parameter("group"));
    }

    private Response list(Request request) {
        return Response.list(
                request, groups.list(request.caller(), request.range()).map(UserJson::of));
    }

    private Response members(Request request) {
        return Response.list(
                request,
                groups.members(request.caller(), request.parameter("group"), request.range())
                        .map(UserJson::of));
    }

    private Response create(Request request) throws IOException {
        Group group = groups.create(request.caller(), request.jsonObject(), request.strict());
        return Response.created(request, "/v1/groups/" + group.id(), UserJson.of(group))
                .withTag(group.id(), group.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(groups.update(
                request.caller(),
                request.parameter("group"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response delete(Request request) {
        groups.delete(request.caller(), request.parameter("group"), request.precondition());
        return Response.deleted();
    }

    private Response addMember(Request request) {
        return shown(groups.addMember(request.caller(), request.parameter("group"), request.parameter("user")));
    }

    private Response removeMember(Request request) {
        groups.removeMember(request.caller(), request.parameter("group"), request.parameter("user"));
        return Response.deleted();
    }
}
