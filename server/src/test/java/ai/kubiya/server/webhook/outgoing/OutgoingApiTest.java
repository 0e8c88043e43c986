package ai.kubiya.server.webhook.outgoing;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions as such; what they deliver is tested in {@link DeliveryTest}. */
@ServerTest
class OutgoingApiTest {
    private static final String BODY = """
            {"url": "https://hooks.example.com/x?token=abc", "events": ["teammate.created", "source.*"]}
            """;

    @Test
    void showsItsSecretOnce(ApiClient client) {
        Answer made = client.post("/v1/webhooks", BODY);

        assertThat(made)
                .hasStatus(201)
                .hasHeader("Location", "/v1/webhooks/" + made.id())
                .hasHeader("ETag")
                .has("/kind", "outgoing")
                .has("/status", "active")
                .has("/ordered", false)
                .has("/delivery_attempts", 0)
                .hasNull("/last_triggered_at");
        String secret = made.text("/secret");
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(client.get("/v1/webhooks/" + made.id())).hasStatus(200).has("/secret", "whsec_********");
        assertThat(client.get("/v1/webhooks")).doesNotMention(secret.substring(6));
        assertThat(client.patch("/v1/webhooks/" + made.id(), "{\"description\": \"x\"}"))
                .hasStatus(200)
                .doesNotMention(secret.substring(6));
    }

    @Test
    void keepsItsSecretSealed(TestServer server, ApiClient client) {
        String secret = client.post("/v1/webhooks", BODY).text("/secret").substring(6);

        assertThat(server.dump()).doesNotContain(secret);
    }

    @Test
    void isChangedAndDeleted(ApiClient client) {
        String id = client.create("/v1/webhooks", BODY);

        assertThat(client.patch("/v1/webhooks/" + id, "{\"status\": \"disabled\", \"ordered\": true}"))
                .hasStatus(200)
                .has("/status", "disabled")
                .has("/ordered", true)
                .has("/url", "https://hooks.example.com/x?token=abc");
        assertThat(client.put("/v1/webhooks/" + id, "{\"events\": [\"*\"], \"description\": \"all\"}"))
                .hasStatus(200)
                .has("/events/0", "*")
                .has("/status", "disabled")
                .has("/description", "all");
        assertThat(client.withHeader("If-Match", "\"x-1\"").patch("/v1/webhooks/" + id, "{}"))
                .hasStatus(412);
        assertThat(client.delete("/v1/webhooks/" + id)).hasStatus(200).has("/result", "ok");
        assertThat(client.get("/v1/webhooks/" + id)).hasStatus(404);
    }

    @Test
    void changesTheTagWithItsCountsButGuardsOnlyWhatWasSet(ApiClient client) {
        String path = "/v1/webhooks/" + client.create("/v1/webhooks", BODY);
        String before = client.get(path).header("ETag").orElseThrow();
        ApiClient known = client.withHeader("If-None-Match", before);
        assertThat(known.get(path)).hasStatus(304);

        client.post(path + "/test", "{}");

        assertThat(known.get(path)).hasStatus(200).has("/delivery_attempts", 1);
        ApiClient guarded = client.withHeader("If-Match", before);
        assertThat(guarded.patch(path, "{\"ordered\": true}")).hasStatus(200);
        assertThat(guarded.delete(path)).hasStatus(412);
    }

    @Test
    void takesBackWhatWasRead(ApiClient client) {
        String id = client.create("/v1/webhooks", BODY);
        String read = client.get("/v1/webhooks/" + id).body();

        assertThat(client.put("/v1/webhooks/" + id, read)).hasStatus(200).has("/secret", "whsec_********");
    }

    @Test
    void isListedPageByPage(TestServer server) {
        ApiClient client = server.newOrganization();
        assertThat(client.get("/v1/webhooks")).has("/pagination/total", 0);
        IntStream.range(0, 5).forEach(_ -> client.create("/v1/webhooks", BODY));

        Answer second = client.get("/v1/webhooks?limit=2&offset=2");

        assertThat(second).has("/pagination/total", 5);
        assertThat(second.rows()).hasSize(2);
        assertThat(client.get("/v1/webhooks?kind=incoming").rows()).isEmpty();
        assertThat(client.get("/v1/webhooks?kind=outgoing").rows()).hasSize(5);
        assertThat(client.get("/v1/webhooks?kind=sideways")).hasStatus(400).hasFieldError("kind", "incoming");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:9/",
                "http://10.1.2.3/",
                "http://169.254.169.254/latest",
                "http://[::1]/",
                "http://2130706433/",
                "http://[::ffff:192.168.0.1]/"
            })
    void refusesInternalAddresses(String url, ApiClient client) {
        assertThat(client.post("/v1/webhooks", "{\"url\": \"%s\", \"events\": [\"*\"]}".formatted(url)))
                .hasStatus(400)
                .hasFieldError("/url", "internal address");
    }

    @Test
    void saysEverythingThatIsWrong(ApiClient client) {
        assertThat(client.post("/v1/webhooks", """
                {"url": "ftp://x", "events": ["teammate.created", "no.such.event"]}
                """))
                .hasStatus(400)
                .hasFieldError("/url", "https://")
                .hasFieldError("/events/1", "there is no event \"no.such.event\"");
        assertThat(client.post("/api/v1/webhooks", """
                {"url": "https://x.example.com", "events": ["a b"], "status": "asleep"}
                """))
                .hasStatus(400)
                .hasFieldError("/events/0", "there is no event")
                .hasFieldError("/status", "disabled");
        assertThat(client.post("/v1/webhooks", "{\"url\": \"https://x.example.com\"}"))
                .hasStatus(400)
                .hasFieldError("/events", "at least one");
        assertThat(client.post("/v1/webhooks", "{\"events\": [\"*\"]}"))
                .hasStatus(400)
                .hasFieldError("/url", "required");
        assertThat(client.post("/v1/webhooks", "{\"url\": \"https://u:p@x.example.com\", \"events\": [\"*\"]}"))
                .hasStatus(400)
                .hasFieldError("/url", "user or password");
        assertThat(client.post("/v1/webhooks", """
                {"url": "https://x.example.com", "events": ["*"], "filter": "a"}
                """)).hasStatus(400).hasFieldError("/filter", "not a field");
        assertThat(client.post("/v1/webhooks", """
                {"url": 7, "events": "all"}
                """)).hasStatus(400);
        assertThat(client.get("/v1/webhooks/no-uuid")).hasStatus(404);
    }

    @Test
    void worksForOlderClients(ApiClient client) {
        Answer made = client.post("/api/v1/webhooks", """
                {"url": "https://hooks.example.com/x", "events": ["execution.started", "tool.created"], "whatever": 1}
                """);

        assertThat(made).hasStatus(200).mentions("whsec_");
        assertThat(client.get("/api/v1/webhooks").column("id")).contains(made.id());
        assertThat(client.get("/api/v1/event").column("id")).doesNotContain(made.id());
        assertThat(client.get("/api/v1/event/" + made.id())).hasStatus(404);
        assertThat(client.delete("/api/v1/webhooks/" + made.id()))
                .hasStatus(200)
                .has("/result", "ok");
    }

    @Test
    void takesTheScopeThatItNeeds(TestServer server, ApiClient client) {
        ApiClient other = server.withScopes(client, Scope.AGENTS_WRITE);

        assertThat(other.post("/v1/webhooks", BODY)).hasStatus(403).saysWhy("webhooks:manage");
        assertThat(server.withScopes(client, Scope.WEBHOOKS_MANAGE).post("/v1/webhooks", BODY))
                .hasStatus(201);
    }

    @Test
    void isNotedInTheTrailWithoutItsUrl(TestServer server) {
        ApiClient client = server.newOrganization();
        String id = client.create("/v1/webhooks", BODY);
        client.post("/v1/webhooks/" + id + "/rotate-secret", "{}");
        client.delete("/v1/webhooks/" + id);

        Answer trail = client.get("/api/v1/auditing/items?filter=%7B%22category_type%22%3A%22webhooks%22%7D");

        assertThat(trail.column("action_type")).containsExactly("delete", "rotate_secret", "create");
        assertThat(trail.column("resource_text")).containsOnly("https://hooks.example.com");
        assertThat(trail).doesNotMention("token=abc");
    }
}
