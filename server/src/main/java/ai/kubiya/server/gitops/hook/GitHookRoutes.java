package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** HTTP of hooks. */
public final class GitHookRoutes implements Routes {
    private static final String ALL = "/v1/gitops/hooks";
    private static final String ONE = ALL + "/{git_hook}";

    private final GitHooks hooks;

    public GitHookRoutes(GitHooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public void addTo(Router router) {
        router.get(ALL, Scope.PROJECTS_READ, this::list)
                .post(ALL, Scope.PROJECTS_WRITE, this::create)
                .get(ONE, Scope.PROJECTS_READ, this::get)
                .put(ONE, Scope.PROJECTS_WRITE, request -> change(request, false))
                .patch(ONE, Scope.PROJECTS_WRITE, request -> change(request, true))
                .delete(ONE, Scope.PROJECTS_WRITE, this::delete)
                .post(ONE + "/rotate", Scope.PROJECTS_WRITE, this::rotate);
    }

    private static String name(Request request) {
        return request.parameter("git_hook");
    }

    private static ObjectNode json(GitHooks.Shown shown) {
        ObjectNode json = shown.hook().toJson(shown.url());
        return shown.secret() == null ? json : json.put("secret", shown.secret());
    }

    private static Response tagged(Response response, GitHooks.Shown shown) {
        return response.withTag(shown.hook().id(), shown.hook().version());
    }

    private Response list(Request request) {
        return Response.list(
                request, hooks.list(request.caller(), request.range()).map(GitHookRoutes::json));
    }

    private Response get(Request request) {
        GitHooks.Shown shown = hooks.get(request.caller(), name(request));
        return tagged(Response.ok(json(shown)), shown);
    }

    private Response create(Request request) throws IOException {
        GitHooks.Shown shown = hooks.create(request.caller(), request.jsonObject(), request.strict());
        return tagged(Response.created(ALL + "/" + shown.hook().id(), json(shown)), shown);
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        GitHooks.Shown shown = hooks.update(
                request.caller(),
                name(request),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict());
        return tagged(Response.ok(json(shown)), shown);
    }

    private Response rotate(Request request) {
        GitHooks.Shown shown = hooks.rotate(request.caller(), name(request), request.precondition());
        return tagged(Response.ok(json(shown)), shown);
    }

    private Response delete(Request request) {
        hooks.delete(request.caller(), name(request), request.precondition());
        return Response.deleted();
    }
}
