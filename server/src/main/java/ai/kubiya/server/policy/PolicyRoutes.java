package ai.kubiya.server.policy;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** HTTP of policies on the documented surface. They bind everybody in an organisation, so they take the scope of those who manage it. */
public final class PolicyRoutes implements Routes {
    private static final String PATH = "/v1/policies";

    private final PolicyService policies;

    public PolicyRoutes(PolicyService policies) {
        this.policies = policies;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.ADMIN, this::list)
                .post(PATH, Scope.ADMIN, this::create)
                .get(PATH + "/{policy}", Scope.ADMIN, this::get)
                .put(PATH + "/{policy}", Scope.ADMIN, request -> change(request, false))
                .patch(PATH + "/{policy}", Scope.ADMIN, request -> change(request, true))
                .delete(PATH + "/{policy}", Scope.ADMIN, this::delete)
                .post(PATH + "/validate", Scope.ADMIN, this::validate)
                .post(PATH + "/evaluate", Scope.ADMIN, this::evaluate);
    }

    private Response list(Request request) {
        return Response.list(
                request, policies.list(request.caller(), request.range()).map(Policy::toJson));
    }

    private Response get(Request request) {
        return shown(policies.get(request.caller(), request.parameter("policy")));
    }

    private static Response shown(Policy policy) {
        return Response.ok(policy.toJson()).withTag(policy.id(), policy.version());
    }

    private Response create(Request request) throws IOException {
        Policy policy = policies.create(request.caller(), request.jsonObject(), request.strict());
        return Response.created(request, PATH + "/" + policy.id(), policy.toJson())
                .withTag(policy.id(), policy.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(policies.update(
                request.caller(),
                request.parameter("policy"),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response delete(Request request) {
        policies.delete(request.caller(), request.parameter("policy"), request.precondition());
        return Response.deleted();
    }

    private Response validate(Request request) throws IOException {
        List<PolicyProblem> problems = policies.validate(request.caller(), request.jsonObject(), request.strict());
        ObjectNode json = Json.object().put("valid", problems.isEmpty());
        ArrayNode errors = json.putArray("errors");
        problems.forEach(problem -> errors.add(problem.toJson()));
        return Response.ok(json);
    }

    private Response evaluate(Request request) throws IOException {
        DryRun.Question question = DryRun.Question.of(request.fields(), request.strict());
        return Response.ok(
                policies.evaluate(request.caller(), question, request.strict()).toJson());
    }
}
