package ai.kubiya.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the platform brings, called with a client that somebody else wrote. */
@ServerTest
class McpBuiltInTest {
    private static final List<String> ALL = List.of(
            "kubiya_list_projects",
            "kubiya_plan_project",
            "kubiya_explain_plan",
            "kubiya_apply_plan",
            "kubiya_project_outputs");

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void setUp(ApiClient caller) {
        caller.create("/v1/projects", """
                {"name": "network", "files": {"main.tf":
                    "resource \\"terraform_data\\" \\"net\\" { input = 1 }\\noutput \\"net\\" { value = terraform_data.net.output }"}}
                """);
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(CallToolRequest.builder(tool)
                .arguments(arguments)
                .progressToken("mine")
                .build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    private static JsonNode json(CallToolResult result) {
        assertThat(result.isError()).as(text(result)).isFalse();
        return Json.parse(text(result));
    }

    private static Thread approver(ApiClient caller) {
        return Thread.ofVirtual().start(() -> {
            String approval = Eventually.see(
                            () -> caller.get("/v1/approvals?status=pending").rows(), rows -> !rows.isEmpty())
                    .getFirst()
                    .path("id")
                    .asText();
            caller.post("/v1/approvals/" + approval + "/approve", "{}");
        });
    }

    @Test
    void plansAndAppliesOnceSomebodyAgreed(TestServer server, ApiClient caller) {
        try (McpSyncClient client = Clients.connect(server, caller, "/mcp", heard::add)) {
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsExactlyElementsOf(ALL);
            assertThat(json(call(client, "kubiya_list_projects", Map.of()))
                            .at("/projects/0/name")
                            .asText())
                    .isEqualTo("network");

            CallToolResult planned = call(client, "kubiya_plan_project", Map.of("project", "network"));
            assertThat(json(planned).path("summary").asText()).contains("1 to add");
            String execution = String.valueOf(planned.meta().get("ai.kubiya/executionId"));
            assertThat(caller.get("/v1/executions/" + execution).text("/subject"))
                    .isEqualTo("kubiya_plan_project");

            heard.clear();
            Thread approver = approver(caller);
            CallToolResult applied = call(
                    client,
                    "kubiya_apply_plan",
                    Map.of(
                            "project",
                            "network",
                            "execution_id",
                            json(planned).path("execution_id").asText()));
            approver.interrupt();

            assertThat(heard.getFirst()).contains("It runs when it is approved", "/v1/approvals/");
            assertThat(json(applied).path("status").asText()).isEqualTo("applied");
            assertThat(json(call(client, "kubiya_project_outputs", Map.of("project", "network")))
                            .path("net")
                            .asInt())
                    .isEqualTo(1);
            assertThat(call(client, "kubiya_plan_project", Map.of()).isError()).isTrue();
            assertThat(text(call(client, "kubiya_explain_plan", Map.of("project", "none"))))
                    .contains("none");
        }
        assertThat(caller.get("/v1/approvals").rows()).hasSize(1);
    }

    @Test
    void reachesNoFurtherThanTheKey(TestServer server, ApiClient caller) {
        ApiClient narrow = server.withScopes(caller, Scope.TOOLS_EXECUTE);
        ApiClient reading = server.withScopes(caller, Scope.TOOLS_EXECUTE, Scope.PROJECTS_READ);
        ApiClient stranger = server.newOrganization();
        try (McpSyncClient client = Clients.connect(server, narrow, "/mcp", heard::add);
                McpSyncClient reader = Clients.connect(server, reading, "/mcp", heard::add);
                McpSyncClient elsewhere = Clients.connect(server, stranger, "/mcp", heard::add)) {
            CallToolResult refused = call(client, "kubiya_list_projects", Map.of());
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("projects:read").doesNotContain("network");
            assertThat(json(call(reader, "kubiya_list_projects", Map.of()))
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
            assertThat(call(reader, "kubiya_plan_project", Map.of("project", "network"))
                            .isError())
                    .isTrue();
            assertThat(json(call(elsewhere, "kubiya_list_projects", Map.of()))
                            .path("total")
                            .asInt())
                    .isZero();
        }
        assertThat(caller.get("/v1/projects/network/executions").rows()).isEmpty();
    }

    @Test
    void asksPoliciesAsEveryCallDoes(TestServer server, ApiClient caller) {
        caller.create("/v1/policies", """
                {"name": "no-plans", "applies_to": ["tool_execution"], "message": "Not today.",
                 "expression": "!(tool.type == 'built_in' && tool.name == 'kubiya_plan_project')"}
                """);
        try (McpSyncClient client = Clients.connect(server, caller, "/mcp", heard::add)) {
            CallToolResult refused = call(client, "kubiya_plan_project", Map.of("project", "network"));
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("Not today.");
        }
        assertThat(caller.get("/v1/executions?kind=tool").rows()).isEmpty();
    }

    @Test
    void anAgentOffersThoseThatItHasAndAsksWhomItNames(TestServer server, ApiClient caller) {
        caller.create("/v1/agents", """
                {"name": "planner", "tools": ["kubiya_list_projects", "kubiya_project_outputs"],
                 "requires_approval": {"tools": ["kubiya_list_projects"]}}
                """);
        try (McpSyncClient client = Clients.connect(server, caller, "/mcp/agents/planner", heard::add)) {
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsExactlyInAnyOrder("kubiya_list_projects", "kubiya_project_outputs");
            Thread approver = approver(caller);
            assertThat(json(call(client, "kubiya_list_projects", Map.of()))
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
            approver.interrupt();
            assertThat(heard.getFirst()).contains("/v1/approvals/");
        }
    }
}
