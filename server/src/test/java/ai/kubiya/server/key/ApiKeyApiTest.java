package ai.kubiya.server.key;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys: who may make which, and when they end. */
@ServerTest
class ApiKeyApiTest {

    private static ApiClient made(TestServer server, ApiClient by, String json) {
        Answer answer = by.post("/v1/auth/keys", json);
        assertThat(answer).hasStatus(201);
        return server.withKey(answer.text("/key"));
    }

    @Test
    void showsAKeyOnce(TestServer server, ApiClient admin) {
        Answer made = admin.post("/v1/auth/keys", """
                {"name": "ci", "description": "pipeline", "scopes": ["agents:read", "tools:execute"]}
                """);
        assertThat(made)
                .hasStatus(201)
                .hasHeader("Location", "/v1/auth/keys/" + made.id())
                .hasHeader("Cache-Control", "no-store")
                .has("/scopes", List.of("agents:read", "tools:execute"));
        String key = made.text("/key");
        assertThat(key).matches("uk_[A-Za-z0-9_-]{43}");
        assertThat(made.text("/prefix")).isEqualTo(key.substring(0, 8));

        assertThat(server.withKey(key).get("/v1/agents")).hasStatus(200);
        assertThat(server.withKey(key).post("/v1/agents", "{\"name\": \"x\"}")).hasStatus(403);
        assertThat(admin.get("/v1/auth/keys/" + made.id())).hasStatus(200).doesNotMention(key);
        assertThat(admin.get("/v1/auth/keys"))
                .hasStatus(200)
                .doesNotMention(key)
                .mentions(made.id());
    }

    @Test
    void speaksTheFormOfExistingClients(ApiClient admin) {
        Answer made = admin.post("/api/v1/auth/keys", "{\"name\": \"ci\", \"unknown\": 1}");
        assertThat(made).hasStatus(200);
        Answer list = admin.get("/api/v1/auth/keys");
        assertThat(list).hasStatus(200).hasHeader("X-Total-Count", "2");
        assertThat(list.at("/keys").valueStream().map(key -> key.path("name").asText()))
                .contains("ci");
        assertThat(admin.delete("/api/v1/auth/keys/" + made.id()))
                .hasStatus(200)
                .has("/result", "ok");
    }

    @Test
    void isRefusedAtOnceWhenItIsRevoked(TestServer server, ApiClient admin) {
        Answer made = admin.post("/v1/auth/keys", "{\"name\": \"ci\"}");
        ApiClient key = server.withKey(made.text("/key"));
        assertThat(key.get("/v1/agents")).hasStatus(200);

        assertThat(admin.delete("/v1/auth/keys/" + made.id())).hasStatus(200);

        assertThat(key.get("/v1/agents")).hasStatus(401).hasErrorCode("INVALID_API_KEY");
        assertThat(admin.get("/v1/auth/keys").column("id")).doesNotContain(made.id());
        assertThat(admin.get("/v1/auth/keys?status=revoked").column("id")).containsExactly(made.id());
    }

    @Test
    void isRefusedAtOnceByAllServersWhenItIsRevoked() throws InterruptedException {
        try (TestServer first = TestServer.builder().start();
                TestServer second = first.replica()) {
            ApiClient admin = first.client();
            Answer made = admin.post("/v1/auth/keys", "{\"name\": \"ci\"}");
            ApiClient there = second.withKey(made.text("/key"));
            for (int i = 0; i < 3; i++) {
                assertThat(there.get("/v1/auth/me")).hasStatus(200);
            }

            admin.delete("/v1/auth/keys/" + made.id());

            eventually(() -> there.get("/v1/auth/me").status() == 401);
        }
    }

    /** The word of it travels on the database's channel. */
    private static void eventually(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void endsWhenItExpires() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            String end = clock.instant().plus(Duration.ofHours(1)).toString();
            ApiClient key = made(server, server.client(), "{\"name\": \"k\", \"expires_at\": \"%s\"}".formatted(end));
            clock.advance(Duration.ofMinutes(59));
            assertThat(key.get("/v1/agents")).hasStatus(200);
            clock.advance(Duration.ofMinutes(2));
            assertThat(key.get("/v1/agents")).hasStatus(401).hasErrorCode("INVALID_API_KEY");
            assertThat(server.client().get("/v1/auth/keys?status=expired").column("name"))
                    .containsExactly("k");
        }
    }

    @Test
    void canDoNoMoreThanTheKeyThatMadeIt(TestServer server, ApiClient admin) {
        ApiClient reader = made(server, admin, "{\"name\": \"reader\", \"scopes\": [\"agents:read\"]}");

        assertThat(reader.post("/v1/auth/keys", "{\"name\": \"k\", \"scopes\": [\"agents:write\"]}"))
                .hasStatus(403);
        assertThat(reader.post("/v1/auth/keys", "{\"name\": \"k\", \"scopes\": [\"admin\"]}"))
                .hasStatus(403);
        assertThat(reader.post("/v1/auth/keys", "{\"name\": \"k\", \"rate_limit_per_minute\": 0}"))
                .hasStatus(403);
        Answer same = reader.post("/v1/auth/keys", "{\"name\": \"k\"}");
        assertThat(same).hasStatus(201).has("/scopes", List.of("agents:read"));
        assertThat(reader.patch("/v1/auth/keys/" + same.id(), "{\"scopes\": [\"admin\"]}"))
                .hasStatus(403);
    }

    @Test
    void belongsToItsUser(TestServer server, ApiClient admin) {
        String user = admin.create("/v1/users", "{\"email\": \"grace@example.com\"}");
        ApiClient grace = made(
                server,
                admin,
                "{\"name\": \"hers\", \"user_id\": \"%s\", \"scopes\": [\"agents:read\"]}".formatted(user));

        assertThat(grace.get("/v1/auth/me")).has("/user/email", "grace@example.com");
        assertThat(grace.get("/v1/auth/keys").column("name")).containsExactly("hers");
        String adminsKey = admin.get("/v1/auth/me").text("/key/id");
        assertThat(grace.get("/v1/auth/keys/" + adminsKey)).hasStatus(404);
        assertThat(grace.delete("/v1/auth/keys/" + adminsKey)).hasStatus(404);
        assertThat(admin.get("/v1/auth/keys?user=grace@example.com").column("name"))
                .containsExactly("hers");
        assertThat(server.withScopes(admin, Scope.AGENTS_READ)
                        .post("/v1/auth/keys", "{\"name\": \"k\", \"user_id\": \"%s\"}".formatted(user)))
                .hasStatus(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; /name; is required",
                "{\"name\": \" \"}; /name; must not be empty",
                "{\"name\": \"k\", \"scopes\": [\"agents:fly\"]}; /scopes/0; agents:read",
                "{\"name\": \"k\", \"expires_at\": \"tomorrow\"}; /expires_at; RFC 3339",
                "{\"name\": \"k\", \"expires_at\": \"2020-01-01T00:00:00Z\"}; /expires_at; future",
                "{\"name\": \"k\", \"rate_limit_per_minute\": -1}; /rate_limit_per_minute; whole number",
                "{\"name\": \"k\", \"colour\": 1}; /colour; is not a field"
            })
    void saysWhatIsWrong(String body, String field, String words, ApiClient admin) {
        assertThat(admin.post("/v1/auth/keys", body)).hasStatus(400).hasFieldError(field, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void saysWhetherAKeyIsGood(String method, TestServer server, ApiClient admin) {
        assertThat(admin.send(method, "/v1/auth/validate", new byte[0])).hasStatus(200);
        assertThat(server.withKey("uk_wrong").send(method, "/v1/auth/validate", new byte[0]))
                .hasStatus(401);
    }

    @Test
    void remembersWhenItWasUsed() {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient key = made(server, server.client(), "{\"name\": \"used\"}");
            key.get("/v1/agents");
            // What is remembered in memory is written at the latest when the server stops.
            server.restart();
            Answer list = server.client().get("/v1/auth/keys?limit=500");
            assertThat(list.rows().stream()
                            .filter(row -> row.path("name").asText().equals("used"))
                            .map(row -> row.path("last_used").isTextual()))
                    .containsExactly(true);
        }
    }

    @Test
    void tellsOfItsMakingAndItsEnd(TestServer server, ApiClient admin) throws Exception {
        Answer made = admin.withHeader("X-Request-Id", "making-" + admin.organizationName())
                .post("/v1/auth/keys", "{\"name\": \"ci\"}");
        String rows = server.dump();
        assertThat(rows.contains("making-" + admin.organizationName())).isTrue();
        assertThat(rows.contains(made.text("/key"))).isFalse();
    }
}
