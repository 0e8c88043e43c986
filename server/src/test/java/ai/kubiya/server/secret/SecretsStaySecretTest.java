package ai.kubiya.server.secret;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.TestServer;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Looks for the value of a secret, and of a credential, everywhere after everything was done with it. */
class SecretsStaySecretTest {
    private static final String VALUE = "Zq7-perfectly-unguessable";

    /** The value and what else would give it away. */
    private static List<String> traces() throws Exception {
        byte[] bytes = VALUE.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        return List.of(
                VALUE,
                "perfectly-unguessable",
                HexFormat.of().formatHex(bytes),
                base64.substring(0, base64.length() - 4),
                HexFormat.of().formatHex(base64.getBytes(StandardCharsets.UTF_8)),
                // What an answer or a request with nothing but the value in it would hash to.
                HexFormat.of().formatHex(sha256.digest(bytes)));
    }

    private static void followed(ApiClient client, String body) {
        try (EventReader reader = client.stream("POST", "/v1/tools/exec", body)) {
            String events = reader.rest().toString();
            assertThat(events).contains("***").doesNotContain(VALUE);
        }
    }

    private static void useEverywhere(ApiClient client, ScriptedModelServer model) {
        String body = "{\"name\": \"LEAK\", \"value\": \"" + VALUE + "\"}";
        ApiClient once = client.withHeader("Idempotency-Key", "create-leak");
        assertThat(once.post("/v1/secrets", body)).hasStatus(201);
        assertThat(once.post("/v1/secrets", body)).hasHeader("Idempotency-Replayed", "true");
        assertThat(once.post("/v1/secrets", body.replace("LEAK", "OTHER"))).hasStatus(409);
        assertThat(client.post("/v1/secrets", body)).hasStatus(409).doesNotMention(VALUE);
        assertThat(client.post("/v1/secrets", body.replace("LEAK", "1st")))
                .hasStatus(400)
                .doesNotMention(VALUE);
        assertThat(client.post("/v1/secrets", body.replace("LEAK", "X") + "}"))
                .hasStatus(400)
                .doesNotMention(VALUE);
        assertThat(client.put("/v1/secrets/LEAK", "{\"value\": \"" + VALUE + "\"}"))
                .hasStatus(200)
                .doesNotMention(VALUE);
        assertThat(client.get("/v1/secrets/LEAK/value")).has("/value", VALUE);
        assertThat(client.get("/api/v2/secrets/get_value/LEAK")).hasStatus(200);
        assertThat(client.get("/api/v1/secrets/get_value/LEAK")).hasStatus(200);

        String printing = "echo $LEAK; echo $LEAK | base64 >&2; env; echo \\\"<$LEAK>\\\" > /no/such/file; exit 3";
        client.create("/v1/tools", """
                {"name": "printing", "description": "d", "type": "script", "content": "%s", "secrets": ["LEAK"]}
                """.formatted(printing));
        followed(client, "{\"tool_name\": \"printing\"}");
        followed(client, """
                {"tool_def": {"name": "x", "type": "script", "content": "%s", "secrets": ["LEAK"]}}
                """.formatted(printing));
        followed(client, """
                {"tool_def": {"type": "script", "content": "echo $LEAK; sleep 30", "secrets": ["LEAK"]}, "timeout": 1}
                """);
        assertThat(client.post("/v1/tools/exec", """
                {"tool_def": {"type": "script", "content": "echo $LEAK", "secrets": ["LEAK", "NO_SUCH"]}}
                """)).hasStatus(400);

        client.create("/v1/agents", "{\"name\": \"a\", \"tools\": [\"printing\"], \"secrets\": [\"LEAK\"]}");
        model.then(calls(call("c1", "printing", "{}")), text("done"));
        Answer said = client.post("/v1/agents/a/chat", "{\"message\": \"go\", \"stream\": false}");
        assertThat(said).hasStatus(200).doesNotMention(VALUE);

        String integration = """
                {"name": "i", "integration_type": "jira", "configs": [
                  {"name": "c", "is_default": true, "vendor_specific": {"api_token": "%s", "site": "example"}}]}
                """.formatted(VALUE);
        assertThat(client.withHeader("Idempotency-Key", "create-i").post("/v1/integrations", integration))
                .hasStatus(201)
                .doesNotMention(VALUE);
        assertThat(client.post("/v1/integrations", integration)).hasStatus(409).doesNotMention(VALUE);
        assertThat(client.put("/v1/integrations/i", integration.replace("\"c\"", "7")))
                .hasStatus(400)
                .doesNotMention(VALUE);
    }

    @Test
    void isNowhereInTheDatabaseTheLogAndThePrompts() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("ai.kubiya");
        Level before = ours.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ours.setLevel(Level.DEBUG);
        root.addAppender(log);
        try (ScriptedModelServer model = new ScriptedModelServer();
                TestServer server = TestServer.builder()
                        .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                        .withSetting("KUBIYA_LLM_BASE_URL", model.url())
                        .withSetting("KUBIYA_LLM_MODELS", "scripted")
                        .start()) {
            ApiClient client = server.client();
            useEverywhere(client, model);

            String stored = server.dump();
            assertThat(stored).contains("secret (", "audit_item (", "execution_event (", "idempotent_request (", "***");
            String logged = List.copyOf(log.list).stream()
                    .map(event -> event.getFormattedMessage() + " " + thrown(event))
                    .collect(Collectors.joining("\n"));
            String prompts = model.requests().toString();
            assertThat(prompts).contains("***");
            for (String trace : traces()) {
                assertThat(stored).doesNotContain(trace);
                assertThat(logged).doesNotContain(trace);
                assertThat(prompts).doesNotContain(trace);
            }
        } finally {
            root.detachAppender(log);
            ours.setLevel(before);
        }
    }

    private static String thrown(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
}
