package ai.kubiya.server.contract;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.DescribedApi.Part;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description's examples of requests are sent to a server that takes them, each by an organisation that has little. */
class RequestExamplesTest {
    private static final DescribedApi API = DescribedApi.ofRepository();
    private static final ScriptedModelServer MODEL = new ScriptedModelServer();
    private static final String TASK = "{\"name\": \"t\", \"tool_def\": {\"content\": \"true\"}}";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", MODEL.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        MODEL.close();
    }

    private static Part body(Operation operation) {
        return API.part(operation.part().pointer() + "/requestBody/content/application~1json");
    }

    private static List<Operation> withBody() {
        return API.operations(false).stream()
                .filter(Examples::canBeHadHere)
                .filter(operation -> !body(operation).node().isMissingNode())
                .toList();
    }

    private static List<Operation> creations() {
        return withBody().stream()
                .filter(operation -> operation.part().at("responses").has("201"))
                .toList();
    }

    /** What the examples' paths name: the creations' own examples. */
    private static ApiClient organization() {
        ApiClient client = server.newOrganization();
        for (String path : List.of(
                "/v1/agents",
                "/v1/sources",
                "/v1/tools",
                "/v1/secrets",
                "/v1/integrations",
                "/v1/policies",
                "/v1/projects",
                "/v1/knowledge",
                "/v1/users",
                "/v1/groups")) {
            Operation creation = creations().stream()
                    .filter(operation -> operation.pattern().equals(path))
                    .findFirst()
                    .orElseThrow();
            assertThat(client.post(path, API.examples(body(creation)).getFirst().toString()))
                    .hasStatus(201);
        }
        return client;
    }

    private static String path(ApiClient client, Operation operation) {
        return switch (operation.pattern().replaceAll("^[^{]*|[^}]*$", "")) {
            case "" -> operation.pattern();
            case "{agent}" -> operation.pattern().replace("{agent}", "helper");
            case "{source}" -> operation.pattern().replace("{source}", "first-tools");
            case "{tool}" ->
                operation.pattern().replace("{tool}", operation.pattern().endsWith("/executions") ? "count" : "greet");
            case "{secret}" -> operation.pattern().replace("{secret}", "GH_TOKEN");
            case "{key}" -> operation.pattern().replace("{key}", client.create("/v1/auth/keys", "{\"name\": \"k\"}"));
            case "{user}" -> operation.pattern().replace("{user}", "grace@example.com");
            case "{group}" -> operation.pattern().replace("{group}", "sre");
            case "{policy}" -> operation.pattern().replace("{policy}", "deploys-by-sre");
            case "{webhook}" -> operation.pattern().replace("{webhook}", client.create("/v1/webhooks", """
                        {"name": "pull requests", "agent_id": "helper"}
                        """));
            case "{runner}" -> {
                boolean creates = operation.pattern().equals("/v1/runners/{runner}")
                        && operation.method().equals("POST");
                if (!creates) {
                    client.create("/v1/runners/build", "{}");
                }
                yield operation.pattern().replace("{runner}", "build");
            }
            case "{project}" -> {
                if (operation.pattern().matches(".*/(approve|reject|cancel)")) {
                    assertThat(client.post("/v1/projects/network/plan?wait=60", "{}"))
                            .hasStatus(202)
                            .has("/status", "planned");
                }
                yield operation.pattern().replace("{project}", "network");
            }
            case "{git_hook}" -> operation.pattern().replace("{git_hook}", client.create("/v1/gitops/hooks", """
                        {"name": "pushes", "provider": "git"}
                        """));
            case "{knowledge}" -> operation.pattern().replace("{knowledge}", "Restarting%20payments");
            case "{integration}" -> operation.pattern().replace("{integration}", "jira");
            case "{task}" -> operation.pattern().replace("{task}", client.create("/v1/tasks", TASK));
            case "{schedule}" ->
                operation
                        .pattern()
                        .replace(
                                "{schedule}",
                                client.create(
                                        "/v1/schedules",
                                        "{\"name\": \"s\", \"cron\": \"@daily\", \"task\": %s}".formatted(TASK)));
            case "{approval}" -> operation.pattern().replace("{approval}", approval(client));
            default -> operation.pattern().replaceAll("\\{[^}]+}", client.create("/v1/agents/helper/sessions", "{}"));
        };
    }

    private static String approval(ApiClient client) {
        client.create("/v1/tasks", """
                {"name": "t", "tool_def": {"content": "true"}, "requires_approval": true}
                """);
        return client.get("/v1/approvals").rows().getFirst().path("id").asText();
    }

    @Test
    void areTaken() {
        for (Operation operation : withBody()) {
            MODEL.then(ScriptedReply.text("Two pods are failing."));
            boolean creates = operation.part().at("responses").has("201") && !operation.hasIdInPath();
            ApiClient client = creates ? server.newOrganization() : organization();
            String example = API.examples(body(operation)).getFirst().toString();

            Answer answer = client.send(operation.method(), path(client, operation), example);

            assertThat(answer.status()).as(operation + " " + answer.body()).isBetween(200, 299);
        }
    }

    @Test
    void areTakenWithEveryReadOnlyFieldWhateverItHolds() {
        for (Operation operation : creations()) {
            ApiClient client = operation.hasIdInPath() ? organization() : server.newOrganization();
            ObjectNode example = API.examples(body(operation)).getFirst().deepCopy();
            List<String> readOnly = readOnly(API.child(body(operation), "schema"));
            readOnly.forEach(name -> example.put(name, 7));

            Answer answer = client.send(operation.method(), path(client, operation), example.toString());

            if (readOnly.isEmpty() && operation.pattern().endsWith("/tokens")) {
                // What is sent for a token is not what comes back.
                continue;
            }
            assertThat(readOnly).as(operation.toString()).isNotEmpty();
            assertThat(answer).hasStatus(201);
            readOnly.forEach(name ->
                    assertThat(answer.at("/" + name)).as(operation + " " + name).isNotEqualTo(seven()));
        }
    }

    private static JsonNode seven() {
        return com.fasterxml.jackson.databind.node.IntNode.valueOf(7);
    }

    private static List<String> readOnly(Part schema) {
        List<String> names = new ArrayList<>();
        API.elements(API.child(schema, "allOf")).forEach(part -> names.addAll(readOnly(part)));
        API.child(schema, "properties").node().fieldNames().forEachRemaining(name -> {
            if (API.child(API.child(schema, "properties"), name).at("readOnly").asBoolean()) {
                names.add(name);
            }
        });
        return names;
    }
}
