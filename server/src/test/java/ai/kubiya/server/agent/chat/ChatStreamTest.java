package ai.kubiya.server.agent.chat;

import static ai.kubiya.server.agent.chat.ChatTestServer.tool;
import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.agent.chat.ChatTestServer.ChatClient;
import ai.kubiya.server.agent.chat.EventReader.Event;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ScriptedReply.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Talking to an agent and watching it work. */
class ChatStreamTest {
    /** As the server is wired. */
    private static final int MOST_AT_ONCE = 32;

    @TempDir
    private static Path data;

    private static ScriptedModelServer model;
    private static ChatTestServer server;
    private static ChatClient client;

    @BeforeAll
    static void start() throws IOException {
        model = new ScriptedModelServer();
        server = ChatTestServer.start(data, model);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
        model.close();
    }

    @Test
    void aPlainAnswerStreamsAndIsKept() {
        JsonNode agent = client.agent();
        model.then(text("All ", "is ", "well."));

        EventReader stream = client.chat(agent, "How is it?", null);
        List<Event> events = stream.all();

        assertThat(EventReader.text(events)).isEqualTo("All is well.");
        assertThat(EventReader.types(events)).endsWith("message", "done").doesNotContain("result", "status");
        assertThat(events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        JsonNode done = events.getLast().data();
        assertThat(done.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(done.path("usage").path("total_tokens").asLong()).isPositive();
        assertThat(done.path("steps").asInt()).isEqualTo(1);

        String session = stream.session();
        JsonNode messages =
                client.get("/v1/sessions/" + session + "/messages").is(200).json();
        assertThat(messages.path("data"))
                .extracting(row ->
                        row.path("role").asText() + ": " + row.path("content").asText())
                .containsExactly("user: How is it?", "assistant: All is well.");
        JsonNode execution =
                client.get("/v1/executions/" + stream.execution()).is(200).json();
        assertThat(execution.path("status").asText()).isEqualTo("completed");
        assertThat(execution.path("kind").asText()).isEqualTo("agent_turn");
        assertThat(execution.path("session_id").asText()).isEqualTo(session);
    }

    @Test
    void theNextMessageOfASessionBringsTheOnesBefore() {
        JsonNode agent = client.agent();
        model.then(text("It is blue."), text("It was blue."));
        String session;
        try (EventReader first = client.chat(agent, "Which colour?", null)) {
            first.next("done");
            session = first.session();
        }

        // Whoever has read "done" may go on at once: the session is not busy any more.
        client.chat(agent, "And yesterday?", session).all();

        assertThat(model.lastRequest().messages())
                .extracting(message -> message.path("content").asText())
                .endsWith("Which colour?", "It is blue.", "And yesterday?");
        assertThat(model.lastRequest().messages().path(0).path("content").asText())
                .contains(agent.path("name").asText(), "You are an operator.");
    }

    @Test
    void aToolReallyRunsAndItsOutputReachesReadersAndTheModel() {
        JsonNode agent = client.agent(tool("greet", "echo \"hello, $what\"; echo careful >&2"));
        model.then(
                calls(new Part.Text("One moment. "), call("c1", "greet", "{\"what\":\"world\"}")),
                text("It greets the world."));

        List<Event> events = client.chat(agent, "Greet the world", null).all();

        JsonNode call = EventReader.only(events, "tool.call").data();
        assertThat(call.path("name").asText()).isEqualTo("greet");
        assertThat(call.path("arguments").path("what").asText()).isEqualTo("world");
        assertThat(events.stream()
                        .filter(event -> event.type().equals("tool.output"))
                        .toList())
                .extracting(event -> event.data().path("stream").asText() + " "
                        + event.data().path("content").asText().strip())
                .containsExactlyInAnyOrder("stdout hello, world", "stderr careful");
        JsonNode result = EventReader.only(events, "tool.result").data();
        assertThat(result.path("status").asText()).isEqualTo("completed");
        assertThat(result.path("exit_code").asInt()).isZero();
        assertThat(EventReader.text(events)).isEqualTo("One moment. It greets the world.");
        assertThat(model.lastRequest().lastMessage().toString()).contains("hello, world", "tool_output");

        JsonNode run = client.get("/v1/executions/" + call.path("execution_id").asText())
                .is(200)
                .json();
        assertThat(run.path("kind").asText()).isEqualTo("tool");
        assertThat(run.path("status").asText()).isEqualTo("completed");
        assertThat(run.path("session_id").asText()).isNotEmpty();
    }

    @Test
    void parallelCallsRunSideBySide() {
        // Each waits for the other's file in a volume that both see: one after the other would never end.
        JsonNode agent = client.agent(meeting("left", "right"), meeting("right", "left"));
        model.then(calls(call("a", "left", "{}"), call("b", "right", "{}")), text("They met."));

        List<Event> events = client.chat(agent, "Let them meet", null).all();

        assertThat(events.stream()
                        .filter(event -> event.type().equals("tool.result"))
                        .toList())
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(event.data().path("status").asText()).isEqualTo("completed"));
        assertThat(EventReader.text(events)).isEqualTo("They met.");
    }

    private static JsonNode meeting(String own, String other) {
        var tool = tool(own, "touch /meet/%s; until [ -e /meet/%s ]; do sleep 0.05; done".formatted(own, other));
        tool.put("timeout", 20);
        tool.putArray("with_volumes").addObject().put("name", "meeting").put("path", "/meet");
        return tool;
    }

    @Test
    void badArgumentsGoBackToTheModelAndNothingRuns() {
        JsonNode agent = client.agent(tool("greet", "echo \"hello, $what\""));
        model.then(
                calls(call("c1", "greet", "{\"who\":\"world\"}")),
                calls(call("c2", "greet", "{\"what\":\"world\"}")),
                text("Done."));

        List<Event> events = client.chat(agent, "Greet", null).all();

        List<JsonNode> results = events.stream()
                .filter(event -> event.type().equals("tool.result"))
                .map(Event::data)
                .toList();
        assertThat(results).hasSize(2);
        assertThat(results.getFirst().path("status").asText()).isEqualTo("invalid");
        assertThat(results.getFirst().path("execution_id").isNull()).isTrue();
        assertThat(results.getFirst().path("content").asText()).contains("who");
        assertThat(results.getLast().path("status").asText()).isEqualTo("completed");
        assertThat(EventReader.only(events, "done").data().path("finish_reason").asText())
                .isEqualTo("stop");
    }

    @Test
    void aFailingToolIsToldToTheModel() {
        JsonNode agent = client.agent(tool("fail", "echo oops; exit 3"));
        model.then(calls(call("c1", "fail", "{}")), text("It failed."));

        List<Event> events = client.chat(agent, "Try", null).all();

        JsonNode result = EventReader.only(events, "tool.result").data();
        assertThat(result.path("status").asText()).isEqualTo("failed");
        assertThat(result.path("exit_code").asInt()).isEqualTo(3);
        assertThat(model.lastRequest().lastMessage().toString()).contains("exit code 3", "oops");
    }

    @Test
    void toolsOfOneNameAreToldApart() {
        JsonNode first = client.agent(tool("same.name", "echo one"));
        JsonNode second = client.agent(tool("same.name", "echo two"));
        var sources = Json.array();
        sources.add(first.path("sources").path(0)).add(second.path("sources").path(0));
        JsonNode agent = client.post(
                        "/v1/agents", Json.object().put("name", "both").set("sources", sources))
                .is(201)
                .json();
        model.then(text("Hello."));

        client.chat(agent, "Hi", null).all();

        List<String> names = model.lastRequest()
                .tools()
                .valueStream()
                .map(tool -> tool.path("function").path("name").asText())
                .toList();
        assertThat(names).hasSize(2).doesNotHaveDuplicates().allMatch(name -> name.matches("^[a-zA-Z0-9_-]{1,64}$"));
        model.then(calls(call("c1", names.getLast(), "{}")), text("Two."));
        List<Event> events = client.chat(agent, "Run the second", null).all();
        assertThat(EventReader.only(events, "tool.output")
                        .data()
                        .path("content")
                        .asText())
                .isIn("one\n", "two\n");
    }

    @Test
    void aFailureOfTheModelEndsTheTurnInWords() {
        JsonNode agent = client.agent();
        model.then(ScriptedReply.refusal(401, "no such key"));

        EventReader stream = client.chat(agent, "Hi", null);
        List<Event> events = stream.all();

        assertThat(EventReader.types(events)).containsExactly("error", "done");
        assertThat(events.getFirst().data().path("code").asText()).isEqualTo("model_auth");
        JsonNode execution =
                client.get("/v1/executions/" + stream.execution()).is(200).json();
        assertThat(execution.path("status").asText()).isEqualTo("failed");
        assertThat(execution.path("error_code").asText()).isEqualTo("model_auth");
    }

    @Test
    void cancellingInMidSentenceEndsTheTurnAtOnce() throws InterruptedException {
        JsonNode agent = client.agent();
        Gate gate = new Gate();
        model.then(ScriptedReply.of("stop", List.of(new Part.Text("I will"), new Part.Hold(gate))));

        EventReader stream = client.chat(agent, "Write a book", null);
        stream.next("message.delta");
        JsonNode session = client.post("/v1/sessions/" + stream.session() + "/cancel", Json.object())
                .is(200)
                .json();
        List<Event> events = stream.all();
        gate.awaitAbandoned();

        assertThat(session.path("id").asText()).isEqualTo(stream.session());
        assertThat(events.getLast().data().path("finish_reason").asText()).isEqualTo("cancelled");
        assertThat(client.get("/v1/executions/" + stream.execution())
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("cancelled");
    }

    @Test
    void cancellingInMidToolStopsTheTool() {
        JsonNode agent = client.agent(tool("wait", "echo waiting; sleep 600"));
        model.then(calls(call("c1", "wait", "{}")));

        EventReader stream = client.chat(agent, "Wait", null);
        String run = stream.next("tool.call").data().path("execution_id").asText();
        stream.next("tool.output");
        client.post("/v1/sessions/" + stream.session() + "/cancel", Json.object())
                .is(200);
        List<Event> events = stream.all();

        assertThat(EventReader.only(events, "tool.result").data().path("status").asText())
                .isEqualTo("cancelled");
        assertThat(events.getLast().data().path("finish_reason").asText()).isEqualTo("cancelled");
        assertThat(client.get("/v1/executions/" + run).json().path("status").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void aDroppedStreamGoesOnWithoutLosingOrDoublingAnything() throws InterruptedException {
        JsonNode agent = client.agent(tool("count", "for i in 1 2 3 4 5; do echo $i; sleep 0.05; done"));
        Gate gate = new Gate();
        model.then(
                ScriptedReply.of(
                        "tool_calls",
                        List.of(new Part.Text("Let me count. "), new Part.Hold(gate), call("c1", "count", "{}"))),
                text("To ", "five."));
        List<Event> before;
        String session;
        try (EventReader stream = client.chat(agent, "Count", null)) {
            stream.next("message.delta");
            before = stream.soFar();
            session = stream.session();
        }
        gate.open();

        // As clients do that send the request again.
        var body = Json.object().put("message", "Count").put("session_id", session);
        List<Event> after = client.open(client.request(
                                "/v1/agents/" + agent.path("id").asText() + "/chat")
                        .header("Last-Event-ID", Long.toString(before.getLast().id()))
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(Json.text(body)))
                        .build())
                .all();
        List<Event> whole = client.follow(session, 0).all();

        assertThat(after.getLast().type()).isEqualTo("done");
        List<Event> joined = new ArrayList<>(before);
        joined.addAll(after);
        assertThat(joined).isEqualTo(whole);
        assertThat(client.follow(session, whole.getLast().id()).all()).isEmpty();
        assertThat(client.get("/v1/sessions/" + session)
                        .json()
                        .path("message_count")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void manyReadersSeeTheSame() throws InterruptedException {
        JsonNode agent = client.agent();
        Gate gate = new Gate();
        model.then(ScriptedReply.of(
                "stop", List.of(new Part.Text("Once "), new Part.Hold(gate), new Part.Text("for all."))));
        EventReader first = client.chat(agent, "Say it", null);
        first.next("message.delta");
        EventReader second = client.follow(first.session(), 0);
        second.next("message.delta");
        gate.open();

        assertThat(second.all()).isEqualTo(first.all());
    }

    @Test
    void aTurnThatWaitsForItsTurnCanBeCancelled() {
        JsonNode agent = client.agent();
        Gate gate = new Gate();
        List<EventReader> busy = new ArrayList<>();
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            model.then(ScriptedReply.of("stop", List.of(new Part.Text("Wait"), new Part.Hold(gate))));
            busy.add(client.chat(agent, "Keep a place", null));
        }
        busy.forEach(stream -> stream.next("message.delta"));

        EventReader waiting = client.chat(agent, "I have no place", null);
        client.post("/v1/sessions/" + waiting.session() + "/cancel", Json.object())
                .is(200);
        List<Event> events = waiting.all();
        gate.open();

        assertThat(EventReader.types(events)).containsExactly("done");
        assertThat(events.getFirst().data().path("finish_reason").asText()).isEqualTo("cancelled");
        assertThat(client.follow(waiting.session(), events.getFirst().id()).all())
                .as("after its done, synthetic or not, nothing comes")
                .isEmpty();
        busy.forEach(stream -> assertThat(EventReader.text(stream.all())).isEqualTo("Wait"));
    }
}
