package ai.kubiya.server.mcp;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transport of both kinds of revisions, message by message. */
@ServerTest
class McpTransportTest {

    private static String statusOf(ApiClient caller, String execution) {
        return caller.get("/v1/executions/" + execution).text("/status");
    }

    @Test
    void servesTheRevisionWithoutHandshake(ApiClient caller) {
        Mcp.script(caller, "hello", "echo hello");

        Answer discovered = Mcp.sendModern(caller, Mcp.request("server/discover"));
        Answer listed = Mcp.sendModern(caller, Mcp.request("tools/list"));
        Answer called = Mcp.sendModern(caller, Mcp.call("hello"));

        assertThat(discovered).hasStatus(200).has("/result/resultType", "complete");
        assertThat(discovered.at("/result/supportedVersions").get(0).asText()).isEqualTo(Mcp.MODERN);
        assertThat(discovered.at("/result/capabilities").has("tools")).isTrue();
        assertThat(listed).hasStatus(200).has("/result/cacheScope", "private");
        assertThat(Mcp.names(listed.at("/result/tools"))).containsExactly("hello");
        assertThat(called)
                .hasStatus(200)
                .has("/result/content/0/text", "hello\n")
                .has("/result/isError", false);
        assertThat(called.at("/result/_meta/io.modelcontextprotocol~1serverInfo/name")
                        .asText())
                .isEqualTo("kubiya");
        assertThat(called).hasNoHeader("Mcp-Session-Id");
    }

    @Test
    void holdsHeadersAgainstTheBody(ApiClient caller) {
        Mcp.script(caller, "a tool", "echo hello");
        String listed = Mcp.names(Mcp.send(caller, Mcp.request("tools/list")).at("/result/tools"))
                .getFirst();
        ObjectNode call = Mcp.modern(Mcp.call(listed));
        String encoded =
                "=?base64?" + Base64.getEncoder().encodeToString(listed.getBytes(StandardCharsets.UTF_8)) + "?=";

        assertThat(Mcp.send(caller.withHeader("Mcp-Method", "tools/call"), call))
                .hasStatus(400)
                .has("/error/code", -32020)
                .has("/id", 1)
                .mentions("mcp-protocol-version");
        assertThat(Mcp.send(Mcp.headers(caller, call).withHeader("Mcp-Method", "tools/list"), call))
                .hasStatus(400)
                .has("/error/code", -32020);
        assertThat(Mcp.send(Mcp.headers(caller, call).withHeader("Mcp-Name", "other"), call))
                .hasStatus(400)
                .has("/error/code", -32020);
        assertThat(Mcp.send(Mcp.headers(caller, call).withHeader("Mcp-Name", "=?base64?%%%?="), call))
                .hasStatus(400)
                .has("/error/code", -32020);
        assertThat(Mcp.send(Mcp.headers(caller, call).withHeader("Mcp-Name", encoded), call))
                .hasStatus(200)
                .has("/result/isError", false);
    }

    @Test
    void refusesARequestWithoutItsMetadata(ApiClient caller) {
        ObjectNode bare = Mcp.request("tools/list");
        ObjectNode unable = Mcp.modern(Mcp.request("tools/list"));
        ((ObjectNode) unable.at("/params/_meta")).remove("io.modelcontextprotocol/clientCapabilities");

        for (ObjectNode message : List.of(bare, unable)) {
            assertThat(Mcp.send(Mcp.headers(caller, message), message))
                    .hasStatus(400)
                    .has("/error/code", -32602);
        }
        assertThat(Mcp.send(caller.withHeader("MCP-Protocol-Version", "1900-01-01"), bare))
                .hasStatus(400)
                .has("/error/code", -32022)
                .has("/error/data/requested", "1900-01-01")
                .has("/error/data/supported/0", Mcp.MODERN);
    }

    @Test
    void answersUnknownMethodsInEachRevisionsWay(ApiClient caller) {
        assertThat(Mcp.sendModern(caller, Mcp.request("resources/list")))
                .hasStatus(404)
                .has("/error/code", -32601);
        assertThat(Mcp.sendModern(caller, Mcp.request("initialize"))).hasStatus(404);
        assertThat(Mcp.send(caller, Mcp.request("resources/list")))
                .hasStatus(200)
                .has("/error/code", -32601);
    }

    @ParameterizedTest
    @CsvSource({"2025-03-26,2025-03-26", "2025-06-18,2025-06-18", "2025-11-25,2025-11-25", "2024-11-05,2025-11-25"})
    void agreesOnAnOlderRevision(String asked, String agreed, ApiClient caller) {
        ObjectNode message = Mcp.request("initialize");
        message.withObject("/params").put("protocolVersion", asked).putObject("capabilities");

        Answer answer = Mcp.send(caller, message);

        assertThat(answer).hasStatus(200).has("/result/protocolVersion", agreed).hasHeader("Mcp-Session-Id");
        assertThat(answer.at("/result").has("resultType")).isFalse();
        ObjectNode noted = Mcp.request("notifications/initialized");
        noted.remove("id");
        assertThat(Mcp.send(caller, noted)).hasStatus(202);
        assertThat(Mcp.send(caller, Mcp.request("ping"))).hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"jsonrpc\": | -32700",
                "[] | -32600",
                "[{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}] | -32600",
                "7 | -32600",
                "{} | -32600",
                "{\"jsonrpc\": \"1.0\", \"id\": 1, \"method\": \"ping\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": null, \"method\": \"ping\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1.5, \"method\": \"ping\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": 7} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\", \"params\": []} | -32602",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"a\\u0000b\"} | -32600"
            })
    void refusesWhatIsNoMessage(String body, int code, ApiClient caller) {
        assertThat(caller.post("/mcp", body))
                .hasStatus(400)
                .has("/error/code", code)
                .has("/jsonrpc", "2.0");
    }

    @Test
    void refusesCallsThatNameNothing(ApiClient caller) {
        Mcp.script(caller, "hello", "echo hello");
        ObjectNode list = Mcp.call("hello");
        list.withObject("/params").putArray("arguments");
        ObjectNode page = Mcp.request("tools/list");
        page.withObject("/params").put("cursor", "gone");

        assertThat(Mcp.send(caller, Mcp.call("nobody"))).hasStatus(200).has("/error/code", -32602);
        assertThat(Mcp.send(caller, list)).hasStatus(200).has("/error/code", -32602);
        assertThat(Mcp.send(caller, page)).hasStatus(200).has("/error/code", -32602);
        assertThat(caller.get("/v1/executions").rows()).isEmpty();
    }

    @Test
    void hangingUpCancelsWhereTheRevisionSaysSo(ApiClient caller) {
        Mcp.script(caller, "endless", "while true; do echo tick; sleep 0.2; done");
        ObjectNode message = Mcp.modern(Mcp.call("endless"));

        String execution;
        try (EventReader reader = Mcp.stream(Mcp.headers(caller, message), message)) {
            execution = reader.header("X-Execution-Id").orElseThrow();
            assertThat(reader.next().orElseThrow().json().path("method").asText())
                    .isEqualTo("notifications/progress");
        }
        assertThat(Eventually.see(() -> statusOf(caller, execution), "cancelled"::equals))
                .isEqualTo("cancelled");
    }

    @Test
    void olderClientsTakeACallBack(TestServer server, ApiClient caller) {
        Mcp.script(caller, "endless", "echo begun; sleep 100");
        ApiClient session = caller.withHeader("Mcp-Session-Id", "one");
        ObjectNode cancel = Mcp.request("notifications/cancelled");
        cancel.remove("id");
        cancel.withObject("/params").put("requestId", 1).put("reason", "enough");

        try (EventReader reader = Mcp.stream(session, Mcp.call("endless"))) {
            String execution = reader.header("X-Execution-Id").orElseThrow();
            assertThat(reader.next().orElseThrow().json().at("/params/message").asText())
                    .isEqualTo("begun");
            // Neither from another conversation nor with another key.
            Mcp.send(caller.withHeader("Mcp-Session-Id", "two"), cancel);
            Mcp.send(server.withScopes(caller, Scope.ADMIN).withHeader("Mcp-Session-Id", "one"), cancel);
            assertThat(statusOf(caller, execution)).isEqualTo("running");

            assertThat(Mcp.send(session, cancel)).hasStatus(202);

            Event end = reader.next().orElseThrow();
            assertThat(end.json().at("/result/isError").asBoolean()).isTrue();
            assertThat(end.json().at("/result/content/0/text").asText()).contains("cancelled");
            assertThat(statusOf(caller, execution)).isEqualTo("cancelled");
        }
    }

    @Test
    void olderClientsTakeACallBackOnAnyServer(ApiClient caller) {
        try (TestServer server = TestServer.builder().start();
                TestServer other = server.replica()) {
            ApiClient here = server.client().withHeader("Mcp-Session-Id", "one");
            ApiClient there = other.withKey(server.firstKey()).withHeader("Mcp-Session-Id", "one");
            Mcp.script(here, "endless", "echo begun; sleep 100");
            ObjectNode cancel = Mcp.request("notifications/cancelled");
            cancel.remove("id");
            cancel.withObject("/params").put("requestId", 1);

            try (EventReader reader = Mcp.stream(here, Mcp.call("endless"))) {
                assertThat(reader.next()
                                .orElseThrow()
                                .json()
                                .at("/params/message")
                                .asText())
                        .isEqualTo("begun");
                Mcp.send(there, cancel);
                assertThat(reader.next()
                                .orElseThrow()
                                .json()
                                .at("/result/content/0/text")
                                .asText())
                        .contains("cancelled");
            }
        }
    }

    @Test
    void aRepeatedCallIsShownAgainAndNotRunAgain(ApiClient caller) {
        Mcp.script(caller, "once", "date +%s%N");
        ApiClient repeating = caller.withHeader("Idempotency-Key", "k1");

        String first = Mcp.send(repeating, Mcp.call("once")).text("/result/content/0/text");

        assertThat(Mcp.send(repeating, Mcp.call("once"))).has("/result/content/0/text", first);
        assertThat(caller.get("/v1/executions").rows()).hasSize(1);
    }

    @Test
    void letsNobodyInWhoMayNotRunTools(TestServer server, ApiClient caller) {
        Mcp.script(caller, "hello", "echo hello");
        ApiClient colleague =
                server.colleague(caller, "else@example.com", List.of(), Scope.TOOLS_EXECUTE, Scope.AGENTS_READ);
        caller.create(
                "/v1/agents",
                "{\"name\": \"private\", \"allowed_users\": [\""
                        + caller.get("/v1/auth/me").text("/user/email") + "\"]}");

        assertThat(Mcp.send(server.withScopes(caller, Scope.TOOLS_READ), Mcp.request("tools/list")))
                .hasStatus(403)
                .hasErrorCode("INSUFFICIENT_SCOPE");
        assertThat(caller.get("/mcp")).hasStatus(405).hasHeader("Allow", "POST");
        assertThat(caller.delete("/mcp")).hasStatus(405);
        assertThat(colleague.post(
                        "/mcp/agents/private", Mcp.request("tools/list").toString()))
                .hasStatus(403);
        assertThat(caller.post("/mcp/agents/private", Mcp.request("tools/list").toString()))
                .hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example,403",
        "http://localhost.evil.example,403",
        "null,403",
        "http://localhost:6274,200",
        "http://127.0.0.1,200"
    })
    void takesNothingFromPagesOfOthers(String origin, int status, ApiClient caller) {
        assertThat(Mcp.send(caller.withHeader("Origin", origin), Mcp.request("ping")))
                .hasStatus(status);
    }
}
