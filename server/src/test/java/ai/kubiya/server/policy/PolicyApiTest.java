package ai.kubiya.server.policy;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of policies on the documented surface. */
@ServerTest
class PolicyApiTest {
    private static final String DEPLOYS = """
            {"name": "deploys", "description": "d", "applies_to": ["tool_execution", "chat"],
             "match": "tool.name == 'deploy'", "expression": "'sre' in user.groups",
             "message": "Ask the SREs.", "message_expression": "'no deploys for ' + user.email",
             "mode": "warn", "enabled": false, "env": ["prod"], "managed_by": "terraform", "task_id": "t-1"}
            """;

    private static String policy(String name, String expression) {
        return """
                {"name": "%s", "applies_to": ["tool_execution"], "expression": "%s"}
                """.formatted(name, expression);
    }

    @Test
    void keepsWhatItIsTold(ApiClient client) {
        Answer created = client.post("/v1/policies", DEPLOYS);

        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/policies/" + created.id())
                .hasHeader("ETag")
                .has("/uuid", created.id())
                .has("/name", "deploys")
                .has("/description", "d")
                .has("/applies_to", List.of("tool_execution", "chat"))
                .has("/match", "tool.name == 'deploy'")
                .has("/expression", "'sre' in user.groups")
                .has("/message", "Ask the SREs.")
                .has("/message_expression", "'no deploys for ' + user.email")
                .has("/mode", "warn")
                .has("/enabled", false)
                .has("/env", List.of("prod"))
                .has("/managed_by", "terraform")
                .has("/task_id", "t-1")
                .has("/created_by", "someone@" + client.organizationName());
        for (String path : List.of("deploys", created.id())) {
            assertThat(client.get("/v1/policies/" + path)).hasStatus(200).has("", created.json());
        }
        assertThat(client.get("/v1/policies")).has("/data/0", created.json()).has("/pagination/total", 1);
        assertThat(client.delete("/v1/policies/deploys")).hasStatus(200).has("/result", "ok");
        assertThat(client.get("/v1/policies/deploys")).hasStatus(404).saysWhy("There is no policy \"deploys\"");
    }

    @Test
    void fillsInWhatIsLeftOut(ApiClient client) {
        assertThat(client.post("/v1/policies", policy("p", "true")))
                .hasStatus(201)
                .has("/description", "")
                .has("/match", "")
                .has("/message", "")
                .has("/message_expression", "")
                .has("/mode", "enforce")
                .has("/enabled", true)
                .has("/env", List.of());
    }

    @Test
    void listsPagesInTheOrderOfNames(ApiClient client) {
        assertThat(client.get("/v1/policies")).has("/data", List.of()).has("/pagination/total", 0);
        for (String name : List.of("c", "a", "b")) {
            client.create("/v1/policies", policy(name, "true"));
        }
        assertThat(client.get("/v1/policies?limit=2").column("name")).containsExactly("a", "b");
        assertThat(client.get("/v1/policies?limit=2&offset=2").column("name")).containsExactly("c");
        assertThat(client.get("/v1/policies?limit=2&offset=9"))
                .has("/data", List.of())
                .has("/pagination/total", 3);
    }

    @Test
    void changesWhatIsSent(ApiClient client) {
        client.create("/v1/policies", DEPLOYS);

        assertThat(client.put("/v1/policies/deploys", "{\"mode\": \"enforce\"}"))
                .hasStatus(200)
                .has("/mode", "enforce")
                .has("/message", "Ask the SREs.");
        assertThat(client.patch("/v1/policies/deploys", "{\"message\": null, \"match\": null, \"enabled\": true}"))
                .hasStatus(200)
                .has("/message", "")
                .has("/match", "")
                .has("/enabled", true);
        assertThat(client.patch("/v1/policies/deploys", "{\"name\": \"renamed\"}"))
                .hasStatus(200);
        assertThat(client.get("/v1/policies").column("name")).containsExactly("renamed");

        ObjectNode whole = (ObjectNode) client.get("/v1/policies/renamed").json();
        assertThat(client.put(
                        "/v1/policies/renamed",
                        whole.put("description", "again").toString()))
                .hasStatus(200)
                .has("/description", "again");
    }

    @Test
    void checksAChangeAgainstTheRestOfThePolicy(ApiClient client) {
        client.create("/v1/policies", policy("p", "tool.name != 'x'"));

        assertThat(client.patch("/v1/policies/p", "{\"applies_to\": [\"chat\"]}"))
                .hasStatus(400)
                .hasFieldError("/expression", "line 1, column 1: there is nothing called \"tool\" here");
        assertThat(client.patch("/v1/policies/p", "{\"expression\": null}"))
                .hasStatus(400)
                .hasFieldError("/expression", "is required");
        assertThat(client.get("/v1/policies/p"))
                .has("/applies_to", List.of("tool_execution"))
                .has("/expression", "tool.name != 'x'");
    }

    @Test
    void guardsChangesByTheVersionThatTheClientRead(ApiClient client) {
        client.create("/v1/policies", policy("p", "true"));
        String tag = client.get("/v1/policies/p").header("ETag").orElseThrow();

        assertThat(client.withHeader("If-None-Match", tag).get("/v1/policies/p"))
                .hasStatus(304);
        assertThat(client.withHeader("If-Match", tag).patch("/v1/policies/p", "{\"description\": \"1\"}"))
                .hasStatus(200);
        assertThat(client.withHeader("If-Match", tag).put("/v1/policies/p", "{\"description\": \"2\"}"))
                .hasStatus(412);
        assertThat(client.withHeader("If-Match", tag).delete("/v1/policies/p")).hasStatus(412);
        assertThat(client.get("/v1/policies/p")).has("/description", "1");
    }

    @Test
    void refusesNamesThatAreTaken(ApiClient client) {
        client.create("/v1/policies", policy("a", "true"));
        client.create("/v1/policies", policy("b", "true"));

        assertThat(client.post("/v1/policies", policy("a", "true")))
                .hasStatus(409)
                .hasErrorCode("CONFLICT")
                .saysWhy("\"a\"");
        assertThat(client.patch("/v1/policies/a", "{\"name\": \"b\"}")).hasStatus(409);
        assertThat(client.patch("/v1/policies/a", "{\"name\": \"a\"}")).hasStatus(200);
    }

    @Test
    void takesAHundred(ApiClient client) {
        IntStream.range(0, 100).forEach(i -> client.create("/v1/policies", policy("p" + i, "true")));

        assertThat(client.post("/v1/policies", policy("one-more", "true")))
                .hasStatus(409)
                .saysWhy("100 policies");
        client.delete("/v1/policies/p7");
        assertThat(client.post("/v1/policies", policy("one-more", "true"))).hasStatus(201);
    }

    @Test
    void takesAHundredThousandCharacters(ApiClient client) {
        String comment = "//" + "x".repeat(9_990);
        IntStream.range(0, 10).forEach(i -> client.create("/v1/policies", policy("p" + i, "true" + comment)));

        assertThat(client.post("/v1/policies", policy("q", "tool.name != 'a very long name of a tool'")))
                .hasStatus(409)
                .saysWhy("100001 characters together");
        assertThat(client.post("/v1/policies", policy("q", "true"))).hasStatus(201);
        assertThat(client.patch("/v1/policies/q", "{\"match\": \"tool.name != 'a very long name of a tool'\"}"))
                .hasStatus(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /name | is required",
                "{\"name\": \"x\", \"applies_to\": [\"chat\"]} | /expression | is required",
                "{\"name\": \"x\", \"applies_to\": [\"chat\"], \"expression\": \"  \"} | /expression | must not be empty",
                "{\"name\": \"x\", \"expression\": \"true\"} | /applies_to | is required",
                "{\"name\": \"x\", \"expression\": \"true\", \"applies_to\": []} | /applies_to | at least 1",
                "{\"name\": \"x\", \"expression\": \"true\", \"applies_to\": \"chat\"} | /applies_to | must be an array",
                "{\"name\": \"x\", \"expression\": \"true\", \"applies_to\": [\"chats\"]} | /applies_to/0 | must be one of",
                "{\"name\": \"a/b\", \"expression\": \"true\", \"applies_to\": [\"chat\"]} | /name | must not contain /",
                "{\"name\": \"validate\", \"expression\": \"true\", \"applies_to\": [\"chat\"]} | /name | name of an operation",
                "{\"name\": \"x\", \"expression\": true, \"applies_to\": [\"chat\"]} | /expression | must be a string",
                "{\"name\": \"x\", \"expression\": \"true\", \"applies_to\": [\"chat\"], \"mode\": \"audit\"} | /mode | must be one of",
                "{\"name\": \"x\", \"expression\": \"true\", \"applies_to\": [\"chat\"], \"enabled\": \"yes\"} | /enabled | must be true or false",
                "{\"name\": \"x\", \"expression\": \"true\", \"applies_to\": [\"chat\"], \"effect\": \"deny\"} | /effect | is not a field",
                "{\"name\": \"x\", \"expression\": \"true\", \"applies_to\": [\"chat\"], \"rego\": \"package x\"} | /rego | is not a field",
            })
    void saysWhatIsWrong(String body, String field, String words, ApiClient client) {
        assertThat(client.post("/v1/policies", body)).hasStatus(400).hasFieldError(field, words);
        assertThat(client.get("/v1/policies").rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool.nam == 'x' | line 1, column 5: undefined field 'nam'",
                "tools.name == 'x' | line 1, column 1: there is nothing called \"tools\" here; the variables are agent, key, now",
                "message == 'x' | line 1, column 1: there is nothing called \"message\" here",
                "tool.name | line 1, column 5: expected type 'bool' but found 'string'",
                "tool.name == 7 | line 1, column 11: found no matching overload",
                "true &&\\n  tool.name == | line 2, column 15: mismatched input",
                "true &&\\n  tool.args.x.y.matches('[') | line 2, column 25: error parsing regexp",
                "tool.name.matches('(a?){500}') | line 1, column 19: the pattern is too large",
                "user.groups.exists(g, g.nam == 1) | line 1, column 24: type 'string' does not support field selection",
                "User{id: 'x'}.id == 'x' | line 1, column 5: values of the type User cannot be made",
                "((((true)) | line 1, column 11: ",
                "nope(tool) | line 1, column 5: there is nothing called \"nope\"",
            })
    void saysWhereAnExpressionIsWrong(String expression, String message, ApiClient client) {
        assertThat(client.post("/v1/policies", policy("p", expression)))
                .hasStatus(400)
                .hasErrorCode("VALIDATION_FAILED")
                .hasFieldError("/expression", message);
    }

    @Test
    void namesEveryWrongExpressionAtOnce(ApiClient client) {
        assertThat(client.post("/v1/policies", """
                {"name": "", "applies_to": ["chat"], "expression": "1", "match": "2", "message_expression": "3",
                 "message": 4}
                """))
                .hasStatus(400)
                .hasFieldError("/name", "")
                .hasFieldError("/message", "must be a string");
        assertThat(client.post("/v1/policies", """
                {"name": "p", "applies_to": ["chat"], "expression": "1", "match": "2", "message_expression": "3"}
                """))
                .hasStatus(400)
                .hasFieldErrors(3)
                .hasFieldError("/expression", "expected type 'bool'")
                .hasFieldError("/match", "expected type 'bool'")
                .hasFieldError("/message_expression", "expected type 'string'");
    }

    @Test
    void validatesWithoutSaving(ApiClient client) {
        assertThat(client.post("/v1/policies/validate", """
                {"applies_to": ["project_apply"], "match": "plan.resource_change.size() > 0",
                 "expression": "plan.resource_changes.all(c, !('delete' in c.change.actions)) &&\\n  project.nam != ''",
                 "message_expression": "'deletes ' + project.name"}
                """))
                .hasStatus(200)
                .has("/valid", false)
                .has("/errors/0/field", "/match")
                .has("/errors/0/line", 1)
                .has("/errors/0/column", 5)
                .has("/errors/0/message", "undefined field 'resource_change'")
                .has("/errors/1/field", "/expression")
                .has("/errors/1/line", 2)
                .has("/errors/1/column", 10);
        assertThat(client.post("/v1/policies/validate", policy("p", "tool.name != 'x'")))
                .hasStatus(200)
                .has("/valid", true)
                .has("/errors", List.of());
        assertThat(client.post("/v1/policies/validate", "{\"applies_to\": [\"chat\"]}"))
                .hasStatus(400)
                .hasFieldError("/expression", "is required");
        assertThat(client.get("/v1/policies").rows()).isEmpty();
    }

    @Test
    void saysThatRegoIsNotItsLanguage(ApiClient client) {
        assertThat(client.post(
                        "/v1/policies",
                        policy(
                                "p",
                                "package tools\\n\\ndefault allow = false\\nallow { input.tool_name == \\\"x\\\" }")))
                .hasStatus(400)
                .hasFieldErrors(1)
                .hasFieldError("/expression", "this is Rego")
                .saysWhy("CEL", "docs/policies.md");
    }

    @Test
    void triesASavedPolicy(ApiClient client) {
        String id = client.create("/v1/policies", """
                {"name": "no-prod", "applies_to": ["tool_execution"], "enabled": false,
                 "match": "tool.name.startsWith('deploy')",
                 "expression": "tool.args.env != 'prod' || 'sre' in user.groups", "message": "Ask the SREs.",
                 "message_expression": "'Ask the SREs, ' + user.email"}
                """);
        String question = """
                {"point": "tool_execution", "policies": ["%s"], "input": {
                  "user": {"email": "grace@example.com", "groups": ["%s"]},
                  "tool": {"name": "%s", "args": {"env": "%s"}}}}
                """;

        assertThat(client.post("/v1/policies/evaluate", question.formatted("no-prod", "dev", "deploy-app", "prod")))
                .hasStatus(200)
                .has("/allowed", false)
                .has("/policy", "no-prod")
                .has("/message", "The policy \"no-prod\" refuses this tool execution: Ask the SREs, grace@example.com")
                .has("/results/0/policy_id", id)
                .has("/results/0/outcome", "failed")
                .has("/results/0/message", "Ask the SREs, grace@example.com")
                .hasNull("/results/0/error");
        assertThat(client.post("/v1/policies/evaluate", question.formatted(id, "sre", "deploy-app", "prod")))
                .has("/allowed", true)
                .hasNull("/policy")
                .has("/message", "")
                .has("/results/0/outcome", "passed");
        assertThat(client.post("/v1/policies/evaluate", question.formatted(id, "dev", "restart", "prod")))
                .has("/allowed", true)
                .has("/results/0/outcome", "not_concerned");
        // It is not enabled, so that it is asked only by name.
        assertThat(client.post("/v1/policies/evaluate", "{\"point\": \"tool_execution\"}"))
                .has("/allowed", true)
                .has("/results", List.of());
    }

    @Test
    void triesAPolicyThatIsNotSaved(ApiClient client) {
        assertThat(client.post("/v1/policies/evaluate", """
                {"point": "project_apply", "input": {"project": {"name": "web"}, "plan": {
                   "format_version": "1.2", "unknown": {"x": 1}, "resource_changes": [
                     {"address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "index": 0,
                      "change": {"actions": ["delete"], "before": {"bucket": "a"}, "after": null}},
                     {"address": "aws_s3_bucket.b", "type": "aws_s3_bucket",
                      "change": {"actions": ["no-op"], "before": {"bucket": "b"}, "after": {"bucket": "b"}}}]}},
                 "policy": {"expression": "plan.resource_changes.all(c, !('delete' in c.change.actions))",
                   "message_expression": "plan.resource_changes.filter(c, 'delete' in c.change.actions).map(c, c.address)[0] + ' of ' + project.name + ' would go'"}}
                """))
                .hasStatus(200)
                .has("/allowed", false)
                .has("/policy", "unsaved")
                .hasNull("/results/0/policy_id")
                .has("/results/0/message", "aws_s3_bucket.a of web would go");
        assertThat(client.post("/v1/policies/evaluate", """
                {"point": "chat", "input": {"message": "hi", "now": "2026-11-24T23:30:00+02:00"},
                 "policy": {"mode": "warn", "expression": "now.getHours() != 21 || now.getHours('Europe/Helsinki') != 23"}}
                """))
                .has("/allowed", true)
                .has("/results/0/outcome", "failed")
                .has("/results/0/mode", "warn");
        assertThat(client.post("/v1/policies/evaluate", """
                {"point": "chat", "policy": {"expression": "user.email.startsWith('someone@') && user.roles == ['Admin'] && key.scopes == ['admin'] && organization.name != '' && request.address != '' && point == 'chat' && message == ''"}}
                """))
                .has("/allowed", true)
                .has("/results/0/outcome", "passed");
        assertThat(client.get("/v1/policies").rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool.args.region == 'eu' | error | line 1, column 10 | a field, key or element that it reads is not there",
                "tool.args.n / 0 == 1 | error | line 1, column 13 | cannot be used as it does",
                "tool.args.list[7] == 1 | error | line 1, column 15 | is not there",
                "tool.args.n.startsWith('x') | error | line 1, column 23 | another type than it needs",
                "tool.args.n | error | line 1, column 1 | another type than it needs",
                "int(tool.args.s) == 1 | error | line 1, column 4 | cannot be used as it does",
                "tool.args.s.matches(tool.args.bad) | error | line 1, column 20 | cannot be used as it does",
            })
    void refusesWhatItCannotEvaluate(String expression, String outcome, String place, String words, ApiClient client) {
        Answer answer = client.post("/v1/policies/evaluate", """
                {"point": "tool_execution", "policy": {"name": "p", "expression": "%s"},
                 "input": {"tool": {"args": {"n": 7, "s": "private-value", "list": [1, null, {"a": [1.5, true]}], "bad": "("}}}}
                """.formatted(expression));

        assertThat(answer)
                .hasStatus(200)
                .has("/allowed", false)
                .has("/results/0/outcome", outcome)
                .has("/results/0/error/field", "/expression");
        assertThat(answer.text("/message"))
                .startsWith("The policy \"p\" cannot be evaluated for this tool execution, so it is refused: ")
                .contains(words, place)
                .doesNotContain("private-value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /point | is required",
                "{\"point\": \"lunch\"} | /point | must be one of",
                "{\"point\": \"chat\", \"colour\": 1} | /colour | is not a field",
                "{\"point\": \"chat\", \"input\": []} | /input | must be an object",
                "{\"point\": \"chat\", \"input\": {\"tool\": {}}} | /input/tool | is not a variable of chat; the variables are agent, key, message",
                "{\"point\": \"chat\", \"input\": {\"point\": \"chat\"}} | /input/point | is not a variable",
                "{\"point\": \"chat\", \"input\": {\"message\": 7}} | /input/message | must be a string, got a number",
                "{\"point\": \"chat\", \"input\": {\"user\": {\"emial\": \"x\"}}} | /input/user/emial | is not a field here; the fields are id, email",
                "{\"point\": \"chat\", \"input\": {\"user\": {\"groups\": [\"a\", 1]}}} | /input/user/groups/1 | must be a string",
                "{\"point\": \"chat\", \"input\": {\"now\": \"yesterday\"}} | /input/now | must be a time as",
                "{\"point\": \"tool_execution\", \"input\": {\"tool\": {\"args\": 1}}} | /input/tool/args | must be an object",
                "{\"point\": \"project_apply\", \"input\": {\"plan\": {\"resource_changes\": {}}}} | /input/plan/resource_changes | must be an array",
                "{\"point\": \"chat\", \"policies\": [\"nobody\"]} | /policies/0 | there is no policy \"nobody\"",
                "{\"point\": \"chat\", \"policies\": [\"tools-only\"]} | /policies/0 | does not apply to chat",
                "{\"point\": \"chat\", \"policy\": {}} | /policy/expression | is required",
                "{\"point\": \"chat\", \"policy\": {\"expression\": \"true &&\"}} | /policy/expression | line 1, column 8",
                "{\"point\": \"chat\", \"policy\": {\"expression\": \"true\", \"applies_to\": [\"tool_execution\"]}} | /policy/applies_to | must have chat",
            })
    void saysWhatIsWrongWithAQuestion(String body, String field, String words, ApiClient client) {
        client.create("/v1/policies", policy("tools-only", "true"));

        assertThat(client.post("/v1/policies/evaluate", body)).hasStatus(400).hasFieldError(field, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools:execute", "agents:write", "audit:read", "projects:write"})
    void asksForTheScopeOfThoseWhoManage(String scope, TestServer server, ApiClient client) {
        client.create("/v1/policies", policy("p", "true"));
        ApiClient other = server.withScopes(client, Scope.ofWireName(scope).orElseThrow());

        for (Answer answer : List.of(
                other.get("/v1/policies"),
                other.get("/v1/policies/p"),
                other.post("/v1/policies", policy("q", "true")),
                other.patch("/v1/policies/p", "{\"enabled\": false}"),
                other.delete("/v1/policies/p"),
                other.post("/v1/policies/validate", policy("q", "true")),
                other.post("/v1/policies/evaluate", "{\"point\": \"chat\"}"))) {
            assertThat(answer).hasStatus(403).hasErrorCode("INSUFFICIENT_SCOPE").saysWhy("admin");
        }
        assertThat(client.get("/v1/policies").column("name")).containsExactly("p");
    }

    @Test
    void writesDownWhoChangedWhat(ApiClient client) {
        client.create("/v1/policies", policy("audited", "true"));
        client.patch("/v1/policies/audited", "{\"enabled\": false}");
        client.delete("/v1/policies/audited");

        Answer trail = client.get("/api/v1/auditing/items?filter=%7B%22category_type%22%3A%22policies%22%7D");
        assertThat(trail.column("action_type")).containsExactlyInAnyOrder("create", "update", "delete");
        assertThat(trail.column("resource_text")).containsOnly("audited");
    }
}
