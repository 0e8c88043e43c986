package ai.kubiya.server.agent.chat;

import static ai.kubiya.server.agent.chat.ChatTestServer.tool;
import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.Main;
import ai.kubiya.server.agent.chat.ChatTestServer.ChatClient;
import ai.kubiya.server.agent.chat.EventReader.Event;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.JavaProgram;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ScriptedReply.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns go on where they stood when the server comes back, however it went. */
class ChatRestartTest {
    @TempDir
    private Path data;

    private final ScriptedModelServer model = new ScriptedModelServer();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void aServerThatIsStoppedGoesOnWithItsTurns() throws Exception {
        Gate gate = new Gate();
        model.then(
                ScriptedReply.of("stop", List.of(new Part.Text("I was going to"), new Part.Hold(gate))),
                text("Now I am ", "through."));
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            EventReader stream = client.chat(client.agent(), "Say something", null);
            Event last = stream.next("message.delta");

            server.restart();
            ChatClient again = server.client();
            List<Event> rest = again.follow(stream.session(), last.id()).all();
            List<Event> whole = again.follow(stream.session(), 0).all();

            assertThat(EventReader.types(rest)).startsWith("message.restarted").endsWith("message", "done");
            assertThat(EventReader.text(rest)).isEqualTo("Now I am through.");
            assertThat(EventReader.text(whole)).isEqualTo("Now I am through.");
            assertThat(again.get("/v1/executions/" + stream.execution())
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
            assertThat(again.get("/v1/sessions/" + stream.session())
                            .json()
                            .path("message_count")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void aToolThatWasStoppedWithTheServerIsNotRunAgain() throws Exception {
        model.then(calls(call("c1", "slow", "{}")), text("It was stopped."));
        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = server.client();
            EventReader stream = client.chat(client.agent(tool("slow", "echo begun; sleep 600")), "Go", null);
            stream.next("tool.output");

            server.restart();
            ChatClient again = server.client();
            List<Event> events = again.follow(stream.session(), 0).all();

            assertThat(EventReader.only(events, "tool.output")
                            .data()
                            .path("content")
                            .asText())
                    .isEqualTo("begun\n");
            assertThat(EventReader.only(events, "tool.result")
                            .data()
                            .path("status")
                            .asText())
                    .isEqualTo("cancelled");
            assertThat(EventReader.text(events)).isEqualTo("It was stopped.");
            assertThat(again.get("/v1/executions?kind=tool").json().path("data"))
                    .hasSize(1);
        }
    }

    @Test
    void aServerThatIsKilledTellsTheModelWhatItLost() throws Exception {
        model.then(calls(call("c1", "slow", "{}")), text("I do not know what became of it."));
        String session;
        String execution;
        Process killed = child();
        String key;
        try {
            ChatClient client = clientOf(killed);
            key = client.key();
            EventReader stream = client.chat(client.agent(tool("slow", "echo begun; sleep 600")), "Go", null);
            session = stream.session();
            execution = stream.execution();
            stream.next("tool.output");
        } finally {
            killed.destroyForcibly().waitFor();
        }

        try (ChatTestServer server = ChatTestServer.start(data, model)) {
            ChatClient client = new ChatClient(server.client().url(), key);
            List<Event> events = client.follow(session, 0).all();

            assertThat(EventReader.only(events, "tool.result")
                            .data()
                            .path("status")
                            .asText())
                    .isEqualTo("lost");
            assertThat(model.lastRequest().lastMessage().toString()).contains("may or may not have happened");
            assertThat(EventReader.text(events)).isEqualTo("I do not know what became of it.");
            assertThat(client.get("/v1/executions?kind=tool").json().path("data"))
                    .singleElement()
                    .satisfies(run -> assertThat(run.path("status").asText()).isEqualTo("lost"));
            JsonNode turn = client.get("/v1/executions/" + execution).json();
            assertThat(turn.path("status").asText()).isEqualTo("completed");
            assertThat(turn.path("attempt").asInt()).isEqualTo(2);
        }
    }

    /** The server as a process of its own. */
    private Process child() throws IOException {
        List<String> command = JavaProgram.command(256, Main.class.getName());
        command.add("up");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(ChatTestServer.environment(data, model));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private static ChatClient clientOf(Process server) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String key = "";
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("uk_")) {
                key = line;
            } else if (line.startsWith("kubiya is up at ")) {
                return new ChatClient(line.substring("kubiya is up at ".length()), key);
            }
        }
        throw new IllegalStateException("the server did not start");
    }
}
