package ai.kubiya.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many tools, and tools that are called alike: each has one name, whichever way a client comes to it. */
@ServerTest
class McpListTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static void source(ApiClient caller, String name, List<String> tools) {
        ObjectNode source = JSON.createObjectNode().put("name", name);
        ArrayNode inline = source.putArray("inline_tools");
        for (String tool : tools) {
            inline.addObject()
                    .put("name", tool)
                    .put("description", "d")
                    .put("type", "script")
                    .put("content", "echo '" + tool + " of " + name + "'");
        }
        caller.create("/v1/sources", source.toString());
    }

    private static List<String> numbered(String name, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(name + "-%04d".formatted(i));
        }
        return names;
    }

    private static Answer page(ApiClient caller, @Nullable String cursor) {
        ObjectNode message = Mcp.request("tools/list");
        message.withObject("/params").put("cursor", cursor);
        return Mcp.send(caller, message);
    }

    /** Names by page. */
    private static List<List<String>> pages(ApiClient caller) {
        List<List<String>> pages = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode result = page(caller, cursor).at("/result");
            pages.add(result.path("tools").findValuesAsText("name"));
            cursor = result.path("nextCursor").asText(null);
        } while (cursor != null);
        return pages;
    }

    private static List<String> names(ApiClient caller) {
        return pages(caller).stream()
                .flatMap(List::stream)
                .filter(name -> !name.startsWith("kubiya_"))
                .toList();
    }

    /** What the tool of a name prints. */
    private static String called(ApiClient caller, String name) {
        return Mcp.send(caller, Mcp.call(name)).text("/result/content/0/text").strip();
    }

    @Test
    void aClientWalksAllPages(TestServer server, ApiClient caller) {
        source(caller, "many", numbered("tool", 1_100));
        source(caller, "more", numbered("tool", 2));
        try (McpSyncClient client = Clients.connect(server, caller, "/mcp", _ -> {})) {
            List<String> names = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            String cursor = null;
            do {
                McpSchema.ListToolsResult page = client.listTools(cursor);
                page.tools().forEach(tool -> names.add(tool.name()));
                sizes.add(page.tools().size());
                cursor = page.nextCursor();
            } while (cursor != null);

            assertThat(sizes).hasSize(3).allMatch(size -> size <= 500 + 5);
            assertThat(names)
                    .hasSize(1_102 + 5)
                    .doesNotHaveDuplicates()
                    .contains("kubiya_plan_project", "tool-0000__many", "tool-0000__more", "tool-1099");
            assertThat(client.callTool(
                                    CallToolRequest.builder("tool-0001__more").build())
                            .content())
                    .extracting(content -> ((TextContent) content).text().strip())
                    .containsExactly("tool-0001 of more");
            assertThat(client.callTool(CallToolRequest.builder("tool-1099").build())
                            .content())
                    .extracting(content -> ((TextContent) content).text().strip())
                    .containsExactly("tool-1099 of many");
        }
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEndedThoughItsLastToolIsGone(ApiClient caller) {
        numbered("tool", 501).forEach(name -> {
            if (name.endsWith("0499")) {
                Mcp.script(caller, name, "echo");
            }
        });
        source(caller, "many", numbered("tool", 499));
        source(caller, "last", List.of("zz"));
        String cursor = page(caller, null).text("/result/nextCursor");
        caller.delete("/v1/tools/tool-0499");

        assertThat(Mcp.names(page(caller, cursor).at("/result/tools"))).containsExactly("zz");
    }

    @Test
    void anEmptyOrganisationHasWhatThePlatformBrings(ApiClient caller) {
        JsonNode result = page(caller, null).at("/result");
        assertThat(result.path("tools").findValuesAsText("name"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("kubiya_"));
        assertThat(result.has("nextCursor")).isFalse();
        assertThat(page(caller, "AAAA").at("/error/code").asInt()).isEqualTo(-32602);
    }

    @Test
    void toolsThatAreCalledAlikeAreToldApartByTheirSource(ApiClient caller) {
        source(
                caller,
                "north",
                List.of(
                        "where",
                        "a b",
                        "long-".repeat(12) + "one",
                        "long-".repeat(9) + "fits",
                        "long-".repeat(12) + "two"));
        source(
                caller,
                "south",
                List.of(
                        "where",
                        "a_b",
                        "long-".repeat(12) + "one",
                        "long-".repeat(9) + "fits",
                        "long-".repeat(12) + "two"));
        source(caller, "of names", List.of("where__south"));
        source(caller, "b__c", List.of("a", "kubiya_list_projects"));
        source(caller, "c", List.of("a", "a__b"));
        source(caller, "d", List.of("a__b"));

        List<String> names = names(caller);

        assertThat(names)
                .hasSize(15)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}"))
                .contains(
                        "where__north",
                        "where__south",
                        "where__south_2",
                        "a_b__north",
                        "a_b__south",
                        "a__c",
                        "a__b__d",
                        "a__b__c",
                        "a__b__c_2",
                        "long-".repeat(9) + "fits__north");
        Map<String, String> called = new HashMap<>();
        names.forEach(name -> called.put(name, called(caller, name)));
        assertThat(called.values()).doesNotHaveDuplicates();
        assertThat(called)
                .containsEntry("where__north", "where of north")
                .containsEntry("where__south", "where__south of of names")
                .containsEntry("where__south_2", "where of south")
                .containsEntry("a_b__north", "a b of north")
                .containsEntry("a__b__d", "a__b of d");
        assertThat(called(caller, "kubiya_list_projects_2")).isEqualTo("kubiya_list_projects of b__c");
        assertThat(names(caller)).isEqualTo(names);
    }
}
