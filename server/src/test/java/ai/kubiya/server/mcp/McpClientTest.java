package ai.kubiya.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The endpoint as a client library knows it that somebody else wrote. */
@ServerTest
class McpClientTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private McpSyncClient client(TestServer server, ApiClient caller, String path) {
        return Clients.connect(server, caller, path, heard::add);
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    @Test
    void listsAndCallsTools(TestServer server, ApiClient caller) {
        caller.create("/v1/tools", """
                {"name": "add", "description": "Adds two numbers.", "type": "script", "content": "echo $(($a + $b))",
                 "args": [{"name": "a", "type": "int", "required": true, "description": "the first"},
                          {"name": "b", "type": "int", "default": 1}]}
                """);
        try (McpSyncClient client = client(server, caller, "/mcp")) {
            List<McpSchema.Tool> tools = client.listTools().tools().stream()
                    .filter(tool -> !tool.name().startsWith("kubiya_"))
                    .toList();

            assertThat(client.getServerInfo().name()).isEqualTo("kubiya");
            assertThat(client.getServerInstructions()).contains(caller.organizationName());
            assertThat(tools).extracting(McpSchema.Tool::name).containsExactly("add");
            assertThat(tools.getFirst().description()).isEqualTo("Adds two numbers.");
            assertThat(tools.getFirst().inputSchema())
                    .containsEntry("type", "object")
                    .containsEntry("required", List.of("a"));

            CallToolResult result = client.callTool(CallToolRequest.builder("add")
                    .arguments(Map.of("a", 40, "b", 2))
                    .build());

            assertThat(text(result)).isEqualTo("42\n");
            assertThat(result.isError()).isFalse();
            String execution = String.valueOf(result.meta().get("ai.kubiya/executionId"));
            assertThat(caller.get("/v1/executions/" + execution).text("/status"))
                    .isEqualTo("completed");
        }
        assertThat(caller.get("/v1/audit?resource_type=tool").body()).contains("\"add\"");
    }

    @Test
    void hearsOfProgressWhileTheToolRuns(TestServer server, ApiClient caller) {
        Mcp.script(caller, "steps", "echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three");
        try (McpSyncClient client = client(server, caller, "/mcp")) {
            CallToolResult result = client.callTool(
                    CallToolRequest.builder("steps").progressToken("mine").build());

            assertThat(heard).containsExactly("one", "two", "three");
            assertThat(text(result)).isEqualTo("one\ntwo\nthree\n");
        }
    }

    @Test
    void tellsTheModelWhatWentWrong(TestServer server, ApiClient caller) {
        Mcp.script(caller, "broken", "echo no such pod; exit 4");
        try (McpSyncClient client = client(server, caller, "/mcp")) {
            CallToolResult failed =
                    client.callTool(CallToolRequest.builder("broken").build());
            CallToolResult refused = client.callTool(CallToolRequest.builder("broken")
                    .arguments(Map.of("pod", "a"))
                    .build());

            assertThat(failed.isError()).isTrue();
            assertThat(text(failed)).contains("exit code 4", "no such pod");
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("pod is not an argument of this tool");
            assertThatThrownBy(() ->
                            client.callTool(CallToolRequest.builder("unknown").build()))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("Unknown tool");
        }
        assertThat(caller.get("/v1/executions?kind=tool").rows()).hasSize(1);
    }

    @Test
    void waitsForAnApproval(TestServer server, ApiClient caller) {
        caller.create("/v1/tools", """
                {"name": "careful", "description": "Asks first.", "type": "script", "content": "echo done",
                 "requires_approval": true}
                """);
        Thread approver = Thread.ofVirtual().start(() -> {
            String approval = ai.kubiya.server.testing.Eventually.see(
                            () -> caller.get("/v1/approvals?status=pending").rows(), rows -> !rows.isEmpty())
                    .getFirst()
                    .path("id")
                    .asText();
            caller.post("/v1/approvals/" + approval + "/approve", "{}");
        });
        try (McpSyncClient client = client(server, caller, "/mcp")) {
            CallToolResult result = client.callTool(
                    CallToolRequest.builder("careful").progressToken("mine").build());

            assertThat(text(result)).isEqualTo("done\n");
            assertThat(heard.getFirst()).contains("It runs when it is approved", "/v1/approvals/");
        } finally {
            approver.interrupt();
        }
    }

    @Test
    void offersAnAgentsToolsAsTheAgentHasThem(TestServer server, ApiClient caller) {
        Mcp.script(caller, "elsewhere", "echo no");
        String source = caller.create("/v1/sources", """
                {"name": "own", "inline_tools": [
                  {"name": "where", "description": "Says where.", "type": "script", "content": "echo in $REGION",
                   "env": ["REGION"]}]}
                """);
        caller.create("/v1/agents", """
                {"name": "helper", "sources": ["%s"], "environment_variables": {"REGION": "eu-west-1"}}
                """.formatted(source));

        try (McpSyncClient client = client(server, caller, "/mcp/agents/helper")) {
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsExactly("where");
            assertThat(text(client.callTool(CallToolRequest.builder("where").build())))
                    .isEqualTo("in eu-west-1\n");
        }
    }

    @Test
    void asksPoliciesAsEveryCallDoes(TestServer server, ApiClient caller) {
        Mcp.script(caller, "dangerous", "echo boom");
        caller.create("/v1/policies", """
                {"name": "no-danger", "applies_to": ["tool_execution"], "expression": "tool.name != 'dangerous'",
                 "message": "Not today."}
                """);
        try (McpSyncClient client = client(server, caller, "/mcp")) {
            CallToolResult result =
                    client.callTool(CallToolRequest.builder("dangerous").build());

            assertThat(result.isError()).isTrue();
            assertThat(text(result)).contains("Not today.");
        }
        assertThat(caller.get("/v1/executions?kind=tool").rows()).isEmpty();
    }
}
