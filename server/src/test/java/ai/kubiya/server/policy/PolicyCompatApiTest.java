package ai.kubiya.server.policy;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What existing clients send and read. */
@ServerTest
class PolicyCompatApiTest {
    private static final String PATH = "/api/v1/opa/policies";

    @Test
    void servesExistingClients(ApiClient client) {
        Answer created = client.post(PATH, """
                {"name": "no-destroy", "env": ["production"], "policy": "tool.name != 'destroy'", "colour": "red"}
                """);

        assertThat(created)
                .hasStatus(200)
                .hasHeader("ETag")
                .has("/name", "no-destroy")
                .has("/env", List.of("production"))
                .has("/policy", "tool.name != 'destroy'")
                .has("/expression", "tool.name != 'destroy'")
                .has("/applies_to", List.of("tool_execution"))
                .has("/enabled", true);
        assertThat(client.get(PATH).json().isArray()).isTrue();
        assertThat(client.get(PATH + "?limit=1&page=1"))
                .hasHeader("X-Total-Count", "1")
                .has("/0", created.json());
        assertThat(client.get(PATH + "/no-destroy")).has("", created.json());
        assertThat(client.get(PATH + "/" + created.id())).has("", created.json());
        assertThat(client.put(PATH + "/no-destroy", """
                {"name": "no-destroy", "env": [], "policy": "tool.name != 'drop'"}
                """))
                .hasStatus(200)
                .has("/policy", "tool.name != 'drop'")
                .has("/env", List.of());
        assertThat(client.get("/v1/policies/no-destroy")).has("/expression", "tool.name != 'drop'");
        assertThat(client.withHeader("force", "true").delete(PATH + "/no-destroy"))
                .hasStatus(200)
                .has("/result", "ok")
                .has("/status", "deleted");
        assertThat(client.get(PATH + "/no-destroy")).hasStatus(404);
        assertThat(client.get(PATH)).has("", List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package tools\\n\\nimport rego.v1\\n\\ndefault allow := false\\n\\nallow if input.tool_name == \\\"x\\\"\\n",
                "# who may do what\\npackage kubiya.tools\\nallow { input.user == \\\"a\\\" }",
                "default allow = false",
                "deny[msg] { msg := \\\"no\\\" }",
                "violation contains msg if { msg := \\\"no\\\" }"
            })
    void explainsThatItDoesNotTakeRego(String rego, ApiClient client) {
        String body = "{\"name\": \"p\", \"env\": [], \"policy\": \"" + rego + "\"}";

        assertThat(client.post(PATH, body))
                .hasStatus(400)
                .hasErrorCode("VALIDATION_FAILED")
                .hasFieldErrors(1)
                .hasFieldError("/policy", "this is Rego, which this server does not evaluate")
                .saysWhy("CEL", "docs/policies.md");
        client.post(PATH, "{\"name\": \"q\", \"policy\": \"true\"}");
        assertThat(client.put(PATH + "/q", "{\"policy\": \"" + rego + "\"}"))
                .hasStatus(400)
                .hasFieldError("/policy", "this is Rego");
        assertThat(client.post(PATH + "/validate", body)).hasStatus(200).has("/valid", false);
        assertThat(client.post(PATH + "/validate", body).text("/errors/0")).contains("this is Rego");
        assertThat(client.post(PATH + "/evaluate", "{\"input\": {}, \"policy\": \"" + rego + "\"}"))
                .hasStatus(400)
                .saysWhy("this is Rego");
    }

    @Test
    void explainsRegoInItsOtherField(ApiClient client) {
        assertThat(client.post(PATH, "{\"name\": \"p\", \"rego\": \"package x\", \"enabled\": true}"))
                .hasStatus(400)
                .hasFieldError("/rego", "this is Rego");
    }

    @Test
    void saysWhatElseIsWrong(ApiClient client) {
        assertThat(client.post(PATH, "{}"))
                .hasStatus(400)
                .hasFieldError("/name", "is required")
                .hasFieldError("/policy", "is required");
        assertThat(client.post(PATH, "{\"name\": \"p\", \"policy\": \"tool.nam == 'x'\"}"))
                .hasStatus(400)
                .hasFieldError("/policy", "line 1, column 5: undefined field 'nam'");
        assertThat(client.post(PATH, "{\"name\": \"p\", \"policy\": 7, \"env\": \"x\"}"))
                .hasStatus(400)
                .hasFieldError("/policy", "must be a string")
                .hasFieldError("/env", "must be an array");
        assertThat(client.post(PATH + "/validate", "{\"name\": \"p\", \"env\": [], \"policy\": \"tool.nam == 'x'\"}"))
                .hasStatus(200)
                .has("/valid", false)
                .has("/errors", List.of("expression, line 1, column 5: undefined field 'nam'"));
        assertThat(client.post(PATH + "/validate", "{\"name\": \"p\", \"env\": [], \"policy\": \"true\"}"))
                .has("/valid", true)
                .has("/errors", List.of());
    }

    /** As the command line asks before it runs a tool, and reads the answer. */
    @Test
    void answersBeforeAToolIsRun(TestServer server, ApiClient client) {
        client.post(PATH, """
                {"name": "no-prod", "policy": "tool.name != 'deploy' || tool.args.env != 'prod' || runner == 'safe'",
                 "message": "Not to production."}
                """);
        ApiClient caller = server.withScopes(client, Scope.TOOLS_EXECUTE);
        String question = """
                {"input": {"action": "tool_execution", "tool_name": "deploy", "args": {"env": "%s"}, "runner": "%s",
                  "user": {}}, "query": "data.tools.allow", "data": {}, "policy": ""}
                """;

        assertThat(caller.post(PATH + "/evaluate", question.formatted("prod", "local")))
                .hasStatus(200)
                .has("/result/allow", false)
                .has("/result/message", "The policy \"no-prod\" refuses this tool execution: Not to production.")
                .has("/error", "");
        assertThat(caller.post(PATH + "/evaluate", question.formatted("dev", "local")))
                .has("/result/allow", true);
        assertThat(caller.post(PATH + "/evaluate", question.formatted("prod", "safe")))
                .has("/result/allow", true);
        assertThat(caller.post(PATH + "/evaluate", """
                {"input": {"action": "workflow_execution", "workflow_def": {"steps": []}, "params": {}},
                 "query": "data.workflows.allow"}
                """)).has("/result/allow", true);
        assertThat(caller.post(PATH + "/evaluate", "{\"input\": {\"action\": \"lunch\"}}"))
                .hasStatus(400)
                .hasFieldError("/input/action", "must be one of");
    }

    @Test
    void letsOnlyAdministratorsAskForOthersAndTryPolicies(TestServer server, ApiClient client) {
        client.post(PATH, "{\"name\": \"p\", \"policy\": \"user.email == 'grace@example.com'\"}");
        ApiClient caller = server.withScopes(client, Scope.TOOLS_EXECUTE);
        String asGrace = "{\"input\": {\"tool_name\": \"x\", \"user\": {\"email\": \"grace@example.com\"}}}";

        assertThat(client.post(PATH + "/evaluate", asGrace)).has("/result/allow", true);
        assertThat(caller.post(PATH + "/evaluate", asGrace)).has("/result/allow", false);
        String unsaved = "{\"input\": {\"message\": \"hi\", \"action\": \"chat\"}, \"policy\": \"message == 'hi'\"}";
        assertThat(client.post(PATH + "/evaluate", unsaved)).has("/result/allow", true);
        assertThat(client.post(PATH + "/evaluate", unsaved.replace("== 'hi'", "!= 'hi'")))
                .has("/result/allow", false);
        assertThat(caller.post(PATH + "/evaluate", unsaved))
                .hasStatus(403)
                .hasErrorCode("INSUFFICIENT_SCOPE")
                .saysWhy("admin");
    }

    @Test
    void asksForItsScopes(TestServer server, ApiClient client) {
        ApiClient other = server.withScopes(client, Scope.TOOLS_EXECUTE, Scope.AGENTS_WRITE);

        for (Answer answer : List.of(
                other.get(PATH),
                other.post(PATH, "{}"),
                other.get(PATH + "/p"),
                other.put(PATH + "/p", "{}"),
                other.delete(PATH + "/p"),
                other.post(PATH + "/validate", "{}"))) {
            assertThat(answer).hasStatus(403).saysWhy("admin");
        }
        assertThat(server.withScopes(client, Scope.AGENTS_READ).post(PATH + "/evaluate", "{}"))
                .hasStatus(403)
                .saysWhy("tools:execute");
    }
}
