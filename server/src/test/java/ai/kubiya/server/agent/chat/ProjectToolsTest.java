package ai.kubiya.server.agent.chat;

import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.agent.chat.ChatTestServer.ChatClient;
import ai.kubiya.server.agent.chat.EventReader.Event;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.ScriptedModelServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that work on Terraform projects with the tools that the platform brings. */
class ProjectToolsTest {
    private static final String CODE = """
            variable "password" {
              type      = string
              sensitive = true
            }
            resource "terraform_data" "net" { input = { cidr = "10.0.0.0/16", password = var.password } }
            output "cidr" { value = terraform_data.net.output.cidr }
            output "password" {
              value     = var.password
              sensitive = true
            }
            """;

    @TempDir
    private Path data;

    private final ScriptedModelServer model = new ScriptedModelServer();

    @AfterEach
    void close() {
        model.close();
    }

    private static JsonNode project(ChatClient client, boolean autoApply) {
        ObjectNode project = Json.object().put("name", "network").put("auto_apply", autoApply);
        project.putObject("files").put("main.tf", CODE);
        project.putArray("variables").addObject().put("name", "password").put("value", "hunter2-secret");
        return client.post("/v1/projects", project).is(201).json();
    }

    private static JsonNode agent(ChatClient client, @Nullable JsonNode approval, String... tools) {
        ObjectNode agent = Json.object().put("name", "planner");
        agent.set("tools", Json.array(List.of(tools)));
        if (approval != null) {
            agent.set("requires_approval", approval);
        }
        return client.post("/v1/agents", agent).is(201).json();
    }

    private Event result(ChatClient client, JsonNode agent, String tool, String arguments) {
        model.then(calls(call("c-" + tool, tool, arguments)), text("ok"));
        return EventReader.only(client.chat(agent, "Go", null).all(), "tool.result");
    }

    private static String content(Event result) {
        return result.data().path("content").asText();
    }

    private static JsonNode json(Event result) {
        assertThat(result.data().path("status").asText()).as(content(result)).isEqualTo("completed");
        return Json.parse(content(result));
    }

    private static String arguments(String execution) {
        return Json.text(Json.object().put("project", "network").put("execution_id", execution));
    }

    @Test
    void aPlanIsMadeExplainedAndAppliedOnceSomebodyAgreed() throws Exception {
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            project(client, false);
            JsonNode agent = agent(
                    client,
                    null,
                    "kubiya_list_projects",
                    "kubiya_plan_project",
                    "kubiya_explain_plan",
                    "kubiya_apply_plan",
                    "kubiya_project_outputs");

            JsonNode listed = json(result(client, agent, "kubiya_list_projects", "{}"));
            assertThat(listed.path("projects").path(0).path("name").asText()).isEqualTo("network");
            assertThat(listed.path("total").asInt()).isEqualTo(1);

            JsonNode planned = json(result(client, agent, "kubiya_plan_project", "{\"project\": \"network\"}"));
            assertThat(planned.path("status").asText()).isEqualTo("planned");
            assertThat(planned.path("summary").asText()).contains("1 to add").contains("terraform_data.net");
            String execution = planned.path("execution_id").asText();

            Event explained = result(client, agent, "kubiya_explain_plan", "{\"project\": \"network\"}");
            assertThat(json(explained).path("execution_id").asText()).isEqualTo(execution);
            assertThat(json(explained).at("/changes/0/action").asText()).isEqualTo("create");
            assertThat(content(explained)).contains("10.0.0.0/16").doesNotContain("hunter2");

            model.then(calls(call("c9", "kubiya_apply_plan", arguments(execution))), text("Applied."));
            EventReader stream = client.chat(agent, "Apply it", null);
            Event required = stream.next("approval.required");
            JsonNode approval = client.get("/v1/approvals/"
                            + required.data().path("approval_id").asText())
                    .is(200)
                    .json();
            assertThat(approval.toString()).contains("1 to add").contains(execution);
            assertThat(client.get("/v1/projects/network/executions/" + execution)
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("planned");
            client.post("/v1/approvals/" + approval.path("id").asText() + "/approve", Json.object())
                    .is(200);
            List<Event> events = stream.all();

            JsonNode applied = json(EventReader.only(events, "tool.result"));
            assertThat(applied.path("status").asText()).isEqualTo("applied");
            assertThat(applied.at("/outputs/cidr").asText()).isEqualTo("10.0.0.0/16");
            assertThat(events.toString()).doesNotContain("hunter2");
            assertThat(EventReader.text(events)).isEqualTo("Applied.");

            Event outputs = result(client, agent, "kubiya_project_outputs", "{\"project\": \"network\"}");
            assertThat(json(outputs).path("cidr").asText()).isEqualTo("10.0.0.0/16");
            assertThat(json(outputs).path("password").isNull()).isTrue();
            JsonNode runs = client.get("/v1/executions?kind=tool").json().path("data");
            assertThat(runs.findValuesAsText("subject"))
                    .contains("kubiya_list_projects", "kubiya_plan_project", "kubiya_apply_plan");
            assertThat(runs.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void whatWasNotAgreedToIsNotApplied() throws Exception {
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            project(client, false);
            JsonNode agent = agent(client, null, "kubiya_plan_project", "kubiya_apply_plan");
            String execution = json(result(client, agent, "kubiya_plan_project", "{\"project\": \"network\"}"))
                    .path("execution_id")
                    .asText();

            model.then(calls(call("c2", "kubiya_apply_plan", arguments(execution))), text("Then not."));
            EventReader stream = client.chat(agent, "Apply it", null);
            String approval =
                    stream.next("approval.required").data().path("approval_id").asText();
            client.post("/v1/approvals/" + approval + "/reject", Json.object().put("reason", "not on Fridays"))
                    .is(200);

            assertThat(content(EventReader.only(stream.all(), "tool.result"))).contains("not on Fridays");
            assertThat(client.get("/v1/projects/network/executions/" + execution)
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("planned");
        }
    }

    @Test
    void aProjectThatAppliesByItselfNeedsNobodyButForDestruction() throws Exception {
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            project(client, true);
            JsonNode agent = agent(client, null, "kubiya_plan_project", "kubiya_apply_plan");
            String execution = json(result(client, agent, "kubiya_plan_project", "{\"project\": \"network\"}"))
                    .path("execution_id")
                    .asText();
            assertThat(json(result(client, agent, "kubiya_apply_plan", arguments(execution)))
                            .path("status")
                            .asText())
                    .isEqualTo("applied");

            String destruction = json(result(
                            client, agent, "kubiya_plan_project", "{\"project\": \"network\", \"destroy\": true}"))
                    .path("execution_id")
                    .asText();
            model.then(calls(call("c4", "kubiya_apply_plan", arguments(destruction))));
            EventReader stream = client.chat(agent, "Destroy it", null);
            assertThat(stream.next("approval.required").data().toString()).contains("1 to destroy");
            client.post("/v1/sessions/" + stream.session() + "/cancel", Json.object())
                    .is(200);
            assertThat(EventReader.only(stream.all(), "done")
                            .data()
                            .path("finish_reason")
                            .asText())
                    .isEqualTo("cancelled");
        }
    }

    @Test
    void theModelHearsWhatIsWrong() throws Exception {
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            project(client, true);
            JsonNode agent = agent(client, null, "kubiya_plan_project", "kubiya_explain_plan", "kubiya_apply_plan");

            Event unknown = result(client, agent, "kubiya_plan_project", "{\"project\": \"nowhere\"}");
            assertThat(unknown.data().path("status").asText()).isEqualTo("failed");
            assertThat(content(unknown)).contains("nowhere");
            Event early = result(client, agent, "kubiya_explain_plan", "{\"project\": \"network\"}");
            assertThat(content(early)).contains("Nothing was planned yet");
            Event wrong =
                    result(client, agent, "kubiya_plan_project", "{\"project\": \"network\", \"targets\": [\"1\"]}");
            assertThat(content(wrong)).contains("/targets/0");
            Event nothing = result(client, agent, "kubiya_apply_plan", arguments("none"));
            assertThat(nothing.data().path("status").asText()).isEqualTo("refused");

            client.send(client.request("/v1/projects/network")
                            .method(
                                    "PATCH",
                                    java.net.http.HttpRequest.BodyPublishers.ofString(
                                            "{\"files\": {\"main.tf\": \"output \\\"x\\\" { value = local.gone }\"}}"))
                            .build())
                    .is(200);
            Event broken = result(client, agent, "kubiya_plan_project", "{\"project\": \"network\"}");
            assertThat(broken.data().path("status").asText()).isEqualTo("failed");
            assertThat(content(broken)).contains("local.gone").doesNotContain("hunter2");
        }
    }

    @Test
    void aKeyThatMayNotPlanDoesNotPlanThroughAnAgent() throws Exception {
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            project(client, true);
            JsonNode agent = agent(client, null, "kubiya_list_projects", "kubiya_plan_project");
            ObjectNode wanted = Json.object().put("name", "reader");
            wanted.set("scopes", Json.array(List.of("tools:execute", "agents:read", "projects:read")));
            JsonNode key = client.post("/v1/auth/keys", wanted).is(201).json();
            ChatClient reader = new ChatClient(client.url(), key.path("key").asText());

            assertThat(json(result(reader, agent, "kubiya_list_projects", "{}"))
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
            Event refused = result(reader, agent, "kubiya_plan_project", "{\"project\": \"network\"}");
            assertThat(refused.data().path("status").asText()).isEqualTo("failed");
            assertThat(content(refused)).contains("projects:write");
        }
    }

    @Test
    void cancellingTheTurnInterruptsTerraform() throws Exception {
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            ObjectNode project = Json.object().put("name", "network").put("auto_apply", true);
            project.putObject("files").put("main.tf", """
                    resource "terraform_data" "slow" {
                      provisioner "local-exec" { command = "echo begun; sleep 300" }
                    }
                    """);
            client.post("/v1/projects", project).is(201);
            JsonNode agent = agent(client, null, "kubiya_plan_project", "kubiya_apply_plan");
            String execution = json(result(client, agent, "kubiya_plan_project", "{\"project\": \"network\"}"))
                    .path("execution_id")
                    .asText();
            model.then(calls(call("c2", "kubiya_apply_plan", arguments(execution))));
            EventReader stream = client.chat(agent, "Apply it", null);
            Event call = stream.next("tool.call");
            String path = "/v1/projects/network/executions/" + execution;
            while (!client.get(path + "/logs?limit=500").body().contains("begun")) {
                Thread.sleep(50);
            }

            client.post("/v1/sessions/" + stream.session() + "/cancel", Json.object())
                    .is(200);
            assertThat(EventReader.only(stream.all(), "done")
                            .data()
                            .path("finish_reason")
                            .asText())
                    .isEqualTo("cancelled");

            assertThat(client.get(path + "?wait=60").json().path("status").asText())
                    .isEqualTo("cancelled");
            JsonNode tool = client.get(
                            "/v1/executions/" + call.data().path("execution_id").asText())
                    .json();
            assertThat(tool.path("status").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void anAgentCannotListWhatThereIsNot() throws Exception {
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ObjectNode agent = Json.object().put("name", "planner");
            agent.putArray("tools").add("kubiya_plan_project").add("kubiya_plan_everything");
            assertThat(server.client()
                            .post("/v1/agents", agent)
                            .is(400)
                            .json()
                            .at("/errors/0/field")
                            .asText())
                    .isEqualTo("/tools/1");
        }
    }
}
