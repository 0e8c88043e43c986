package ai.kubiya.server.policy;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** HTTP of policies as existing clients know it (contract, section 13): {@code policy} has the expression. */
public final class PolicyCompatRoutes implements Routes {
    private static final String PATH = "/api/v1/opa/policies";
    private static final int LONG_TEXT = 1_000_000;

    private final PolicyService policies;

    public PolicyCompatRoutes(PolicyService policies) {
        this.policies = policies;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.ADMIN, this::list)
                .post(PATH, Scope.ADMIN, this::create)
                .get(PATH + "/{policy}", Scope.ADMIN, this::get)
                .put(PATH + "/{policy}", Scope.ADMIN, this::update)
                .delete(PATH + "/{policy}", Scope.ADMIN, this::delete)
                .post(PATH + "/validate", Scope.ADMIN, this::validate)
                // The command line asks before it runs a tool, with the key that it runs it with.
                .post(PATH + "/evaluate", Scope.TOOLS_EXECUTE, this::evaluate);
    }

    private static ObjectNode json(Policy policy) {
        return policy.toJson().put("policy", policy.definition().expression());
    }

    private Response list(Request request) {
        return Response.list(
                request, policies.list(request.caller(), request.range()).map(PolicyCompatRoutes::json));
    }

    private Response get(Request request) {
        return shown(policies.get(request.caller(), request.parameter("policy")));
    }

    private static Response shown(Policy policy) {
        return Response.ok(json(policy)).withTag(policy.id(), policy.version());
    }

    private Response create(Request request) throws IOException {
        ObjectNode body = translated(request.jsonObject());
        return shown(inTheirWords(() -> policies.create(request.caller(), body, false)));
    }

    private Response update(Request request) throws IOException {
        ObjectNode sent = translated(request.jsonObject());
        return shown(inTheirWords(() -> policies.update(
                request.caller(),
                request.parameter("policy"),
                request.precondition(),
                stored -> MergePatch.replaceSent(stored, sent),
                false)));
    }

    private static ObjectNode translated(ObjectNode sent) {
        ObjectNode body = sent.deepCopy();
        if (body.has("policy")) {
            body.set("expression", body.remove("policy"));
        }
        return body;
    }

    /** What is wrong with the expression is wrong with the field that they sent. */
    private static Policy inTheirWords(Supplier<Policy> work) {
        try {
            return work.get();
        } catch (ApiException e) {
            if (e.problems().isEmpty()) {
                throw e;
            }
            throw ApiException.invalid(e.problems().stream()
                    .map(problem -> problem.field().equals(PolicyDefinition.EXPRESSION)
                            ? new FieldProblem("/policy", problem.message())
                            : problem)
                    .toList());
        }
    }

    private Response delete(Request request) {
        policies.delete(request.caller(), request.parameter("policy"), request.precondition());
        return Response.ok(Json.object().put("result", "ok").put("status", "deleted"));
    }

    private Response validate(Request request) throws IOException {
        List<String> errors = policies.validate(request.caller(), translated(request.jsonObject()), false).stream()
                .map(PolicyProblem::sentence)
                .toList();
        ObjectNode json = Json.object().put("valid", errors.isEmpty());
        json.set("errors", Json.array(errors));
        return Response.ok(json);
    }

    private Response evaluate(Request request) throws IOException {
        JsonFields fields = request.fields();
        ObjectNode sent = fields.object("input");
        Optional<String> expression = fields.text("policy", LONG_TEXT).filter(text -> !text.isBlank());
        fields.check(false);
        boolean admin = request.caller().may(Scope.ADMIN);
        if (expression.isPresent() && !admin) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "Trying a policy that is not saved needs the scope admin; without \"policy\" the saved ones are asked.");
        }
        String action = sent.path("action").asText(PolicyPoint.TOOL_EXECUTION.wireName());
        if (action.equals("workflow_execution")) {
            // There is no saying anything about a workflow as a whole; its tools are asked about one by one.
            return Response.ok(new DryRun(PolicyPoint.TOOL_EXECUTION, List.of()).compatible());
        }
        PolicyPoint point = PolicyPoint.of(action)
                .orElseThrow(() -> ApiException.invalid(
                        "/input/action", "must be one of " + PolicyPoint.names() + ", got \"" + action + "\""));
        DryRun.Question question = new DryRun.Question(
                point,
                input(point, sent, admin),
                List.of(),
                expression.map(text -> Json.object().put("expression", text)));
        return Response.ok(policies.evaluate(request.caller(), question, false).compatible());
    }

    /** Only administrators ask for somebody else. */
    private static ObjectNode input(PolicyPoint point, ObjectNode sent, boolean admin) {
        ObjectNode input = Json.object();
        if (sent.path("tool_name").isTextual()) {
            ObjectNode tool =
                    input.putObject("tool").put("name", sent.path("tool_name").textValue());
            if (sent.path("args").isObject()) {
                tool.set("args", sent.path("args"));
            }
        }
        point.ownNames().stream()
                .filter(name -> sent.hasNonNull(name) && !input.has(name))
                .forEach(name -> input.set(name, sent.get(name)));
        if (admin && !sent.path("user").isEmpty()) {
            input.set("user", sent.get("user"));
        }
        return input;
    }
}
