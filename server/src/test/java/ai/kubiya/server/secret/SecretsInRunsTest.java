package ai.kubiya.server.secret;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which runs get which secrets. What a tool got is known by a hash that it prints: the value itself would be masked. */
@ServerTest
class SecretsInRunsTest {
    private static final String HASHER = "printf %s \\\"$MY_TOKEN\\\" | sha256sum";

    private static String hash(String value) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static void secret(ApiClient client, String name, String value) {
        client.create("/v1/secrets", "{\"name\": \"%s\", \"value\": \"%s\"}".formatted(name, value));
    }

    private static String tool(ApiClient client, String name, String content, String secret) {
        return client.create("/v1/tools", """
                {"name": "%s", "description": "d", "type": "script", "content": "%s", "secrets": ["%s"]}
                """.formatted(name, content, secret));
    }

    private static String run(ApiClient client, String body) {
        try (EventReader reader = client.stream("POST", "/v1/tools/exec", body)) {
            assertThat(reader.status()).isEqualTo(200);
            return reader.rest().stream().map(Event::data).toList().toString();
        }
    }

    @Test
    void givesASavedToolWhatItNamesWhoeverCallsIt(TestServer server, ApiClient client) throws Exception {
        secret(client, "MY_TOKEN", "first-value");
        tool(client, "hasher", HASHER, "MY_TOKEN");
        ApiClient caller = server.withScopes(client, Scope.TOOLS_EXECUTE);

        assertThat(run(caller, "{\"tool_name\": \"hasher\"}")).contains(hash("first-value"));
        client.put("/v1/secrets/MY_TOKEN", "{\"value\": \"second-value\"}");
        assertThat(run(caller, "{\"tool_name\": \"hasher\"}")).contains(hash("second-value"));
        assertThat(caller.get("/v1/secrets/MY_TOKEN/value")).hasStatus(403);
    }

    @Test
    void keepsOrganisationsApartThatCallTheirSecretsTheSame(TestServer server, ApiClient client) throws Exception {
        ApiClient other = server.newOrganization();
        secret(client, "MY_TOKEN", "of-the-first");
        secret(other, "MY_TOKEN", "of-the-second");
        for (ApiClient each : List.of(client, other)) {
            tool(each, "hasher", HASHER, "MY_TOKEN");
        }

        assertThat(run(client, "{\"tool_name\": \"hasher\"}")).contains(hash("of-the-first"));
        assertThat(run(other, "{\"tool_name\": \"hasher\"}")).contains(hash("of-the-second"));
        other.delete("/v1/secrets/MY_TOKEN");
        assertThat(other.post("/v1/tools/exec", "{\"tool_name\": \"hasher\"}"))
                .hasStatus(400)
                .saysWhy("needs the secret \"MY_TOKEN\"", "does not exist", "POST /v1/secrets");
    }

    @Test
    void givesCallersDefinitionsSecretsOnlyOfThoseWhoMayReadThem(TestServer server, ApiClient client) throws Exception {
        secret(client, "MY_TOKEN", "some-value");
        String body = """
                {"tool_def": {"name": "x", "type": "script", "content": "%s", "secrets": ["MY_TOKEN"]}}
                """.formatted(HASHER);
        ApiClient caller = server.withScopes(client, Scope.TOOLS_EXECUTE);
        ApiClient author = server.withScopes(client, Scope.TOOLS_EXECUTE, Scope.SOURCES_WRITE);
        ApiClient reader = server.withScopes(client, Scope.TOOLS_EXECUTE, Scope.SECRETS_READ);

        for (ApiClient without : List.of(caller, author)) {
            assertThat(without.post("/v1/tools/exec", body))
                    .hasStatus(403)
                    .hasErrorCode("ACCESS_DENIED")
                    .saysWhy("secrets:read", "MY_TOKEN");
        }
        assertThat(client.get("/v1/executions")).has("/pagination/total", 0);
        assertThat(run(reader, body)).contains(hash("some-value"));
        assertThat(run(caller, "{\"tool_def\": {\"content\": \"echo none\"}}")).contains("none");
    }

    @Test
    void namesVariablesAsShellsCan(ApiClient client) throws Exception {
        secret(client, "my-dotted.token", "some-value");
        tool(client, "hasher", "printf %s \\\"$my_dotted_token\\\" | sha256sum", "my-dotted.token");

        assertThat(run(client, "{\"tool_name\": \"hasher\"}")).contains(hash("some-value"));
    }

    @Test
    void failsARunWhoseSecretWentBeforeItBegan() {
        try (TestServer server =
                TestServer.builder().withSetting("KUBIYA_CONCURRENCY", "1").start()) {
            ApiClient client = server.client();
            secret(client, "MY_TOKEN", "some-value");
            tool(client, "hasher", HASHER, "MY_TOKEN");
            client.create("/v1/tools", """
                    {"name": "long", "description": "d", "type": "script", "content": "echo begun; sleep 60"}
                    """);
            String first = client.post("/v1/tools/long/executions", "").id();
            try (EventReader reader = client.stream("/v1/executions/" + first + "/logs?follow=true")) {
                reader.until(event -> event.name().equals("log"));
            }
            String second = client.post("/v1/tools/hasher/executions", "").id();

            client.delete("/v1/secrets/MY_TOKEN");
            client.post("/v1/executions/" + first + "/cancel", "");

            try (EventReader reader = client.stream("/v1/executions/" + second + "/logs?follow=true")) {
                List<Event> _ = reader.rest();
            }
            Answer ended = client.get("/v1/executions/" + second);
            assertThat(ended).has("/status", "failed").has("/error_code", "not_started");
            assertThat(ended.text("/message")).contains("secret \"MY_TOKEN\" was deleted");
        }
    }

    @Test
    void givesAnAgentsToolOnlyWhatTheAgentListsToo() throws Exception {
        try (ScriptedModelServer model = new ScriptedModelServer();
                TestServer server = TestServer.builder()
                        .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                        .withSetting("KUBIYA_LLM_BASE_URL", model.url())
                        .withSetting("KUBIYA_LLM_MODELS", "scripted")
                        .start()) {
            ApiClient client = server.client();
            secret(client, "MY_TOKEN", "some-value");
            secret(client, "OTHER", "other-value");
            tool(client, "hasher", HASHER, "MY_TOKEN");
            client.create("/v1/agents", "{\"name\": \"poor\", \"tools\": [\"hasher\"], \"secrets\": [\"OTHER\"]}");
            client.create("/v1/agents", "{\"name\": \"rich\", \"tools\": [\"hasher\"], \"secrets\": [\"MY_TOKEN\"]}");
            String chat = "{\"message\": \"go\", \"stream\": false}";

            model.then(calls(call("c1", "hasher", "{}")), text("I may not."));
            assertThat(client.post("/v1/agents/poor/chat", chat)).hasStatus(200).mentions("I may not.");
            assertThat(model.lastRequest().lastMessage().toString())
                    .contains("MY_TOKEN", "which the agent", "does not list in its secrets", "was not run");
            assertThat(client.get("/v1/executions").column("kind")).doesNotContain("tool");

            model.then(calls(call("c2", "hasher", "{}")), text("I have."));
            assertThat(client.post("/v1/agents/rich/chat", chat)).hasStatus(200).mentions("I have.");
            assertThat(model.lastRequest().lastMessage().toString()).contains(hash("some-value"));

            client.patch("/v1/agents/rich", "{\"secrets\": []}");
            model.then(calls(call("c3", "hasher", "{}")), text("Not any more."));
            assertThat(client.post("/v1/agents/rich/chat", chat)).hasStatus(200);
            assertThat(model.lastRequest().lastMessage().toString()).contains("does not list");
        }
    }
}
