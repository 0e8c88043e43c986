package ai.kubiya.server;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ServerTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the product exists for, told as a story over HTTP. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class MainJobTest {

    @Test
    void aTeammateRunsAToolFromAGitSource(ApiClient client, GitServer git) throws IOException {
        // A team keeps its tools in git: one in YAML, one in Python with a script beside it.
        GitRepository repository = git.newRepository();
        repository
                .write("disk/tools.yaml", """
                        tools:
                          - name: disk_usage
                            description: Shows how full a mount is
                            type: script
                            content: |
                              for line in 1 2 3; do echo "$line: {{ .mount }}"; done
                            args:
                              - {name: mount, type: string, description: Which mount, required: true}
                        """)
                .write("greet/greet_tools/__init__.py", "")
                .write("greet/greet_tools/greet.sh", "echo \"Hello, $name\"\n")
                .write("greet/greet_tools/tools.py", """
                        from pathlib import Path
                        from kubiya_sdk.tools import Tool, Arg, tool_registry

                        class Greeting(Tool):
                            def __init__(self, name, **kwargs):
                                content = (Path(__file__).parent / "greet.sh").read_text()
                                super().__init__(name=name, type="script", content=content, **kwargs)

                        tool_registry.register("greet", Greeting(
                            "greet", description="Greets", args=[Arg(name="name", type="str", description="Whom")]))
                        """)
                .write("broken/broken_tools/tools.py", "import kubiya_sdk\nimport no_such_library\n")
                .commit();

        // They add it as a source. The broken module is reported and hides nothing.
        Answer source = client.post("/v1/sources", "{\"url\": \"%s\"}".formatted(repository.url()));
        assertThat(source).hasStatus(201).has("/errors_count", 1).has("/errors/0/file", "broken/broken_tools/tools.py");
        assertThat(source).mentions("no_such_library");
        assertThat(client.get("/v1/tools").column("name")).containsExactly("disk_usage", "greet");

        // Somebody runs a tool and watches it print. What they send is data, whatever it looks like.
        try (EventReader run = client.stream("POST", "/v1/tools/exec", """
                {"tool_name": "disk_usage", "args": {"mount": "/; touch /tmp/x $(id)"}}
                """)) {
            String printed = String.join(
                    "",
                    run.rest().stream()
                            .filter(event ->
                                    event.data().startsWith("{") && event.type().equals("tool-output"))
                            .map(event -> event.field("content"))
                            .toList());
            assertThat(printed)
                    .isEqualTo("1: /; touch /tmp/x $(id)\n2: /; touch /tmp/x $(id)\n3: /; touch /tmp/x $(id)\n");
        }

        // They make a teammate of it and give it a model.
        String agent = client.create("/v1/agents", """
                {"name": "Ada", "ai_instructions": "Be brief.", "sources": ["%s"]}
                """.formatted(source.id()));
        assertThat(client.get("/v1/sources/agent_sources/" + agent).column("id"))
                .containsExactly(source.id());
        try (ScriptedModelServer model = new ScriptedModelServer()) {
            model.then(ScriptedReply.calls(ScriptedReply.call("call_1", "greet", "{\"name\": \"Grace\"}")));
            model.then(ScriptedReply.text("I greeted ", "Grace."));
            client.put("/v1/organization/model", """
                    {"provider": "openai", "base_url": "%s", "models": ["scripted"]}
                    """.formatted(model.url()));

            // They talk to it. It calls the tool, the tool runs, and it answers.
            try (EventReader chat =
                    client.stream("POST", "/v1/agents/Ada/chat", "{\"message\": \"Greet Grace, please.\"}")) {
                List<EventReader.Event> events = chat.rest();
                assertThat(events.stream().map(EventReader.Event::name).distinct())
                        .contains("tool.call", "tool.output", "tool.result", "message.delta", "message")
                        .endsWith("done");
                assertThat(only(events, "tool.result").field("content")).isEqualTo("Hello, Grace\n");
                assertThat(only(events, "message").field("content")).isEqualTo("I greeted Grace.");
                assertThat(client.get(
                                "/v1/executions/" + only(events, "tool.call").field("execution_id")))
                        .has("/status", "completed")
                        .has("/subject", "greet");
            }
        }

        // The team changes a tool and syncs: the teammate has the new one.
        repository.delete("disk/tools.yaml").commit();
        assertThat(client.post("/v1/sources/" + source.id() + "/sync", "{}")).hasStatus(200);
        assertThat(client.get("/v1/tools").column("name")).containsExactly("greet");
    }

    private static EventReader.Event only(List<EventReader.Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .filter(event ->
                        !name.equals("message") || !event.field("content").isBlank())
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
