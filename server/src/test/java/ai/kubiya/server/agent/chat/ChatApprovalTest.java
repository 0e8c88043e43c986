package ai.kubiya.server.agent.chat;

import static ai.kubiya.server.agent.chat.ChatTestServer.tool;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns that wait for people. */
class ChatApprovalTest {
    @TempDir
    private Path data;

    private final ScriptedModelServer model = new ScriptedModelServer();

    @AfterEach
    void close() {
        model.close();
    }

    private static ObjectNode guarded(String name, String script) {
        return tool(name, script).put("requires_approval", true);
    }

    private static Answer decide(ChatClient client, Event required, String how) {
        return client.post(
                "/v1/approvals/" + required.data().path("approval_id").asText() + "/" + how,
                Json.object().put("reason", "said the test"));
    }

    private static String status(ChatClient client, String execution) {
        return client.get("/v1/executions/" + execution).json().path("status").asText();
    }

    /** Until nobody works on it any more. */
    private static void awaitWaiting(ChatClient client, String execution) throws InterruptedException {
        for (int i = 0; i < 1_000 && !status(client, execution).equals("waiting"); i++) {
            Thread.sleep(20);
        }
        assertThat(status(client, execution)).isEqualTo("waiting");
    }

    @Test
    void theTurnGoesOnWhenItsToolIsApprovedAlsoAfterARestart() throws Exception {
        model.then(calls(call("c1", "deploy", "{\"what\": \"all\"}")), text("Deployed."));
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            EventReader stream = client.chat(client.agent(guarded("deploy", "echo deployed $what")), "Go", null);
            Event required = stream.next("approval.required");
            String tool = required.data().path("execution_id").asText();
            awaitWaiting(client, stream.execution());

            server.restart();
            ChatClient again = server.client();
            assertThat(status(again, stream.execution())).isEqualTo("waiting");
            assertThat(again.get("/v1/sessions/" + stream.session())
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("running");
            decide(again, required, "approve").is(200);
            List<Event> events = again.follow(stream.session(), 0).all();

            assertThat(EventReader.types(events))
                    .containsSubsequence(
                            "tool.call", "approval.required", "tool.output", "tool.result", "message", "done");
            assertThat(EventReader.only(events, "tool.result")
                            .data()
                            .path("content")
                            .asText())
                    .isEqualTo("deployed all\n");
            JsonNode run = again.get("/v1/executions/" + tool).json();
            assertThat(run.path("parent_id").asText()).isEqualTo(stream.execution());
            assertThat(again.get("/v1/executions?kind=tool").json().path("data"))
                    .hasSize(1);
        }
    }

    @Test
    void theModelHearsThatItsToolWasRejected() throws Exception {
        model.then(calls(call("c1", "deploy", "{}")), text("Then not."));
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            EventReader stream = client.chat(client.agent(guarded("deploy", "echo deployed")), "Go", null);
            decide(client, stream.next("approval.required"), "reject").is(200);
            List<Event> events = stream.all();

            assertThat(EventReader.only(events, "tool.result")
                            .data()
                            .path("content")
                            .asText())
                    .contains("rejected by", "said the test");
            assertThat(EventReader.text(events)).isEqualTo("Then not.");
        }
    }

    @Test
    void toolsThatNeedNobodyRunMeanwhile() throws Exception {
        model.then(calls(call("c1", "deploy", "{}"), call("c2", "look", "{}")), text("Done."));
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            EventReader stream = client.chat(
                    client.agent(guarded("deploy", "echo deployed"), tool("look", "echo looked")), "Go", null);
            Event required = stream.next("approval.required");
            Event result = stream.next("tool.result");
            assertThat(result.data().path("id").asText()).isEqualTo("c2");
            awaitWaiting(client, stream.execution());
            decide(client, required, "approve").is(200);

            assertThat(stream.next("tool.result").data().path("id").asText()).isEqualTo("c1");
            assertThat(EventReader.text(stream.all())).isEqualTo("Done.");
        }
    }

    @Test
    void aTurnThatWaitsIsCancelledWithItsTool() throws Exception {
        model.then(calls(call("c1", "deploy", "{}")));
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            EventReader stream = client.chat(client.agent(guarded("deploy", "echo deployed")), "Go", null);
            Event required = stream.next("approval.required");
            awaitWaiting(client, stream.execution());

            client.post("/v1/sessions/" + stream.session() + "/cancel", Json.object())
                    .is(200);
            List<Event> events = stream.all();

            assertThat(EventReader.only(events, "done")
                            .data()
                            .path("finish_reason")
                            .asText())
                    .isEqualTo("cancelled");
            assertThat(status(client, required.data().path("execution_id").asText()))
                    .isEqualTo("cancelled");
            assertThat(client.get("/v1/approvals/"
                                    + required.data().path("approval_id").asText())
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("cancelled");
        }
    }

    @Test
    void anAgentAsksForItsToolsAsWell() throws Exception {
        model.then(calls(call("c1", "deploy", "{}"), call("c2", "look", "{}")), text("Done."));
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            JsonNode agent = client.agent(guarded("deploy", "echo deployed"), tool("look", "echo looked"));
            ObjectNode change = Json.object();
            change.putObject("requires_approval").putArray("tools").add("deploy");
            client.send(client.request("/v1/agents/" + agent.path("id").asText())
                            .method("PATCH", BodyPublishers.ofString(Json.text(change)))
                            .build())
                    .is(200);
            EventReader stream = client.chat(agent, "Go", null);
            Event first = stream.next("approval.required");
            Event second = stream.next("approval.required");

            decide(client, first, "approve").is(200);
            String tool = first.data().path("execution_id").asText();
            assertThat(status(client, tool)).isEqualTo("waiting");
            decide(client, second, "approve").is(200);
            List<Event> events = stream.all();

            assertThat(EventReader.types(events)).containsOnlyOnce("done").contains("message");
            assertThat(events.stream().filter(event -> event.type().equals("approval.required")))
                    .hasSize(2);
            assertThat(status(client, tool)).isEqualTo("completed");
        }
    }
}
