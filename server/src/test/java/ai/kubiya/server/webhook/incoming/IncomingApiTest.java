package ai.kubiya.server.webhook.incoming;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incoming webhooks as such, in the shapes of existing clients and in the documented one. */
@ServerTest
class IncomingApiTest {
    private static String agent(ApiClient client) {
        return client.create("/v1/agents", "{\"name\": \"helper\"}");
    }

    @Test
    void isMadeAsTheCommandLineDoes(ApiClient client) {
        String agent = agent(client);

        Answer made = client.post("/api/v1/event", """
                {"id": "", "name": "pull requests", "source": "github", "agent_id": "%s",
                 "communication": {"method": "Slack", "destination": "#on-call"}, "filter": "",
                 "prompt": "Look at {{.event.pull_request.title}}", "hide_webhook_headers": true}
                """.formatted(agent));

        assertThat(made)
                .hasStatus(200)
                .has("/name", "pull requests")
                .has("/source", "github")
                .has("/agent_id", agent)
                .has("/workflow", "")
                .has("/communication/method", "Slack")
                .has("/communication/destination", "#on-call")
                .has("/hide_webhook_headers", true)
                .has("/org", client.organizationName());
        assertThat(made.text("/webhook_url")).matches("http://127\\.0\\.0\\.1:\\d+/hooks/[\\w-]{43}");
        assertThat(made.text("/created_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(made.text("/created_by")).contains("@");
        Answer list = client.get("/api/v1/event");
        assertThat(list.json().isArray()).isTrue();
        assertThat(list.column("webhook_url")).contains(made.text("/webhook_url"));
        Answer changed = client.put(
                "/api/v1/event/" + made.id(),
                client.get("/api/v1/event/" + made.id()).body().replace("pull requests", "merge requests"));
        assertThat(changed)
                .hasStatus(200)
                .has("/name", "merge requests")
                .has("/webhook_url", made.text("/webhook_url"));
        assertThat(client.delete("/api/v1/event/" + made.id())).hasStatus(200).has("/result", "ok");
        assertThat(client.get("/api/v1/event/" + made.id())).hasStatus(404);
    }

    @Test
    void isMadeAsTerraformDoes(ApiClient client) {
        Answer made =
                client.withHeader("source", "terraform").send("POST", "/api/v1/event", """
                {"name": "tf", "source": "x", "agent_id": "%s", "prompt": "p", "filter": "severity:critical",
                 "communication": {"method": "http", "destination": ""}, "managed_by": "terraform", "task_id": "t1",
                 "runner": "", "workflow": "[]", "created_at": "0001-01-01T00:00:00Z", "org": "mine", "created_by": "me"}
                """.formatted(agent(client)));

        assertThat(made)
                .hasStatus(200)
                .has("/managed_by", "terraform")
                .has("/task_id", "t1")
                .has("/filter", "severity:critical")
                .has("/org", client.organizationName());
        assertThat(made.text("/created_at")).doesNotStartWith("0001");
    }

    @Test
    void takesAnAgentByName(ApiClient client) {
        String agent = agent(client);

        assertThat(client.post("/v1/webhooks", """
                {"name": "x", "source": "github", "prompt": "p", "agent_id": "helper"}
                """))
                .hasStatus(201)
                .has("/kind", "incoming")
                .has("/agent_id", agent)
                .hasNull("/signature");
    }

    @Test
    void keepsAWorkflowBesidesAnAgentForOlderClients(ApiClient client) {
        assertThat(client.post("/api/v1/event", """
                {"name": "x", "agent_id": "%s", "workflow": {"name": "w", "steps": []}, "prompt": "p"}
                """.formatted(agent(client))))
                .hasStatus(200)
                .has("/workflow", "{\"name\":\"w\",\"steps\":[]}");
    }

    @Test
    void takesNoWorkflowThatItCannotStart(ApiClient client) {
        assertThat(client.post("/v1/webhooks", """
                {"name": "x", "prompt": "p", "workflow": {"name": "w", "steps": []}}
                """))
                .hasStatus(400)
                .hasFieldError("/workflow/steps", "at least one step");
        assertThat(client.post("/v1/webhooks", """
                {"name": "x", "workflow": "not json", "prompt": "p"}
                """)).hasStatus(400).hasFieldError("/workflow", "JSON object");
    }

    @Test
    void saysEverythingThatIsWrong(ApiClient client) {
        assertThat(client.post("/v1/webhooks", """
                {"name": " ", "filter": "event.action ==", "prompt": "{{if .event}}", "agent_id": "nobody",
                 "communication": {"method": "pigeon"}}
                """))
                .hasStatus(400)
                .hasFieldError("/name", "empty")
                .hasFieldError("/filter", "JMESPath")
                .hasFieldError("/prompt", "line 1")
                .hasFieldError("/agent_id", "there is no agent \"nobody\"")
                .hasFieldError("/communication/method", "Slack, Teams, http");
        assertThat(client.post("/v1/webhooks", "{\"name\": \"x\"}"))
                .hasStatus(400)
                .hasFieldError("/agent_id", "required");
        assertThat(client.post("/v1/webhooks", """
                {"name": "x", "agent_id": "%s", "workflow": {"a": 1}}
                """.formatted(agent(client))))
                .hasStatus(400)
                .hasFieldError("/workflow", "together");
        assertThat(client.post("/v1/webhooks", """
                {"name": "x", "agent_id": "helper", "communication": {"method": "http", "destination": "http://10.0.0.1/"}}
                """))
                .hasStatus(400)
                .hasFieldError("/communication/destination", "internal address");
        assertThat(client.post("/v1/webhooks", "{}")).hasStatus(400).hasFieldError("/name", "required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflow:deploy and more", "a ==", "%%%"})
    void keepsAFilterThatNobodyCanReadForOlderClients(String filter, ApiClient client) {
        assertThat(client.post("/api/v1/event", """
                {"name": "x", "agent_id": "%s", "prompt": "p", "filter": "%s"}
                """.formatted(agent(client), filter)))
                .hasStatus(200)
                .has("/filter", filter);
    }

    @Test
    void keepsTheSecretOfSendersSealed(TestServer server, ApiClient client) {
        String agent = agent(client);
        String body = """
                {"name": "x", "agent_id": "%s", "signature": {"type": "%s", "secret": "very-private-secret"}}
                """;
        Answer made = client.post("/v1/webhooks", body.formatted(agent, "github"));

        assertThat(made).hasStatus(201).has("/signature/type", "github").doesNotMention("very-private-secret");
        assertThat(server.dump()).doesNotContain("very-private-secret");
        assertThat(server.dump()).doesNotContain(made.text("/webhook_url").replaceFirst(".*/", ""));
        String path = "/v1/webhooks/" + made.id();
        assertThat(client.patch(path, "{\"name\": \"y\"}")).hasStatus(200).has("/signature/type", "github");
        assertThat(client.patch(path, "{\"signature\": {\"type\": \"slack\"}}"))
                .hasStatus(400)
                .hasFieldError("/signature/secret", "required");
        assertThat(client.patch(path, "{\"signature\": null}")).hasStatus(200).hasNull("/signature");
        assertThat(client.patch(path, "{\"signature\": {\"type\": \"github\"}}"))
                .hasStatus(400)
                .hasFieldError("/signature/secret", "required");
        assertThat(client.post("/v1/webhooks", body.formatted(agent, "standard")))
                .hasStatus(400)
                .hasFieldError("/signature/secret", "base64");
        assertThat(client.post("/api/v1/event", body.formatted(agent, "carrier-pigeon")))
                .hasStatus(400)
                .hasFieldError("/signature/type", "github, gitlab");
    }

    @Test
    void getsANewUrl(ApiClient client) {
        Answer made = client.post("/v1/webhooks", "{\"name\": \"x\", \"agent_id\": \"%s\"}".formatted(agent(client)));
        Answer rotated = client.post("/v1/webhooks/" + made.id() + "/rotate-secret", "{}");

        assertThat(rotated).hasStatus(200);
        assertThat(rotated.text("/webhook_url")).isNotEqualTo(made.text("/webhook_url"));
    }

    @Test
    void needsToBeAllowedWhatItStarts(TestServer server, ApiClient client) {
        String agent = agent(client);
        ApiClient manager = server.withScopes(client, Scope.WEBHOOKS_MANAGE);
        String body = "{\"name\": \"x\", \"agent_id\": \"%s\"}".formatted(agent);

        assertThat(manager.post("/v1/webhooks", body))
                .hasStatus(403)
                .hasErrorCode("INSUFFICIENT_SCOPE")
                .saysWhy("tools:execute");
        assertThat(server.withScopes(client, Scope.WEBHOOKS_MANAGE, Scope.TOOLS_EXECUTE)
                        .post("/v1/webhooks", body))
                .hasStatus(201);
        String closed = client.create("/v1/agents", "{\"name\": \"closed\", \"allowed_users\": [\"nobody@x\"]}");
        assertThat(client.post("/v1/webhooks", "{\"name\": \"x\", \"agent_id\": \"%s\"}".formatted(closed)))
                .hasStatus(403)
                .saysWhy("allowed_users");
    }

    @Test
    void mayHaveTheNameOfAnother(ApiClient client) {
        String agent = agent(client);
        String body = "{\"name\": \"same\", \"agent_id\": \"%s\"}".formatted(agent);

        List<String> ids = List.of(client.create("/v1/webhooks", body), client.create("/v1/webhooks", body));

        assertThat(ids).doesNotHaveDuplicates();
    }
}
