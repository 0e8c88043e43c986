package ai.kubiya.server;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the platform is for, told once from end to end over HTTP. */
@ServerTest(settings = {"KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true", "KUBIYA_ALLOW_FILE_SOURCES=true"})
class MainJobTest {

    @Test
    void aTeamPutsItsToolsIntoTheHandsOfAnAgent(ApiClient team, GitServer git) {
        GitRepository repository = git.newRepository()
                .write("kubernetes_tools/__init__.py", "")
                .write("kubernetes_tools/tools/__init__.py", "from . import pods")
                .write("kubernetes_tools/tools/pods.py", """
                        from kubiya_sdk.tools import Arg, Tool
                        from kubiya_sdk.tools.registry import tool_registry

                        list_pods = Tool(
                            name="list_pods",
                            description="Lists the pods of a namespace",
                            type="script",
                            content="echo web-1 in $namespace; echo web-2 in $namespace",
                            args=[Arg(name="namespace", description="Where to look", required=True)],
                        )
                        tool_registry.register("kubernetes", list_pods)
                        """)
                .write("setup.py", "from setuptools import setup\nsetup(name='kubernetes_tools')\n");
        String commit = repository.commit();

        // The repository becomes a source, and its tools are found.
        Answer source = team.post("/v1/sources", """
                {"url": "%s/tree/main"}
                """.formatted(repository.url()));
        assertThat(source)
                .hasStatus(201)
                .has("/commit", commit)
                .has("/errors", List.of())
                .has("/tools/0/name", "list_pods");
        assertThat(team.get("/v1/tools/search?q=pods")).has("/data/0/name", "list_pods");

        // An agent is given them.
        Answer agent = team.post("/v1/agents", """
                {"name": "cluster helper", "ai_instructions": "Help with the cluster.", "sources": ["%s"],
                 "runners": ["local"], "starters": [{"display_name": "Pods", "command": "Which pods run?"}]}
                """.formatted(source.id()));
        assertThat(agent).hasStatus(201).has("/sources/0", source.id());
        assertThat(team.get("/v1/sources/agent_sources/" + agent.id())).has("/data/0/connected_agents_count", 1);

        // A tool runs, and what it prints arrives while it runs.
        try (EventReader run = team.stream("POST", "/api/v1/tools/exec?runner=auto", """
                {"tool_name": "list_pods", "args": {"namespace": "shop"}}
                """)) {
            assertThat(run.next().orElseThrow().field("status")).isEqualTo("running");
            StringBuilder output = new StringBuilder();
            Event event = run.next().orElseThrow();
            while (event.type().equals("tool-output")) {
                output.append(event.field("content"));
                event = run.next().orElseThrow();
            }
            assertThat(output.toString()).isEqualTo("web-1 in shop\nweb-2 in shop\n");
            assertThat(event.type()).isEqualTo("result");
            assertThat(event.field("status")).isEqualTo("completed");
            assertThat(run.next().orElseThrow().data()).isEqualTo("[DONE]");
        }
        assertThat(team.get("/v1/executions"))
                .has("/pagination/total", 1)
                .has("/data/0/subject", "list_pods")
                .has("/data/0/status", "completed");

        // The team changes a tool, and the agent has the new one.
        repository.write("kubernetes_tools/tools/pods.py", """
                from kubiya_sdk.tools import Tool
                from kubiya_sdk.tools.registry import tool_registry

                tool_registry.register("kubernetes", Tool(
                    name="list_pods", description="Lists all pods", type="script", content="echo all of them"))
                """);
        repository.commit();
        assertThat(team.post("/v1/sources/" + source.id() + "/sync", ""))
                .hasStatus(200)
                .has("/errors", List.of());
        try (EventReader run = team.stream("POST", "/api/v1/tools/exec", """
                {"tool_name": "list_pods"}
                """)) {
            assertThat(run.rest().toString()).contains("all of them");
        }
    }
}
