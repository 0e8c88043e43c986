package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every code of the catalogue, each by a request that a client could really send. */
@ServerTest
class ErrorCodesTest {
    private static final String AGENT = "{\"name\": \"some\"}";

    private static Map<ErrorCode, Supplier<Answer>> requests(TestServer server, ApiClient client) {
        Map<ErrorCode, Supplier<Answer>> requests = new EnumMap<>(ErrorCode.class);
        requests.put(ErrorCode.AUTH_REQUIRED, () -> server.anonymous().get("/v1/agents"));
        requests.put(
                ErrorCode.INVALID_API_KEY, () -> server.withKey("uk_nobodys").get("/v1/agents"));
        requests.put(
                ErrorCode.INSUFFICIENT_SCOPE, () -> server.withScopes(client).get("/v1/agents"));
        requests.put(ErrorCode.ACCESS_DENIED, () -> {
            String agent = client.create(
                    "/v1/agents", """
                    {"name": "for-another", "allowed_users": ["%s"]}
                    """.formatted(client.create("/v1/users", "{\"email\": \"another@example.com\"}")));
            return client.post("/v1/agents/" + agent + "/sessions", "{}");
        });
        requests.put(ErrorCode.RATE_LIMITED, () -> {
            ApiClient limited = server.newOrganization();
            server.limit(limited, 1, null);
            // The minute may end in between, but not twice.
            return IntStream.range(0, 3)
                    .mapToObj(_ -> limited.get("/v1/agents"))
                    .filter(answer -> answer.status() != 200)
                    .findFirst()
                    .orElseThrow();
        });
        requests.put(ErrorCode.VALIDATION_FAILED, () -> client.post("/v1/agents", "{}"));
        requests.put(ErrorCode.INVALID_JSON, () -> client.post("/v1/agents", "{"));
        requests.put(ErrorCode.NOT_FOUND, () -> client.get("/v1/agents/nobody"));
        requests.put(ErrorCode.METHOD_NOT_ALLOWED, () -> client.delete("/v1/agents"));
        requests.put(ErrorCode.CONFLICT, () -> {
            ApiClient once = client.withHeader("Idempotency-Key", "once");
            assertThat(once.post("/v1/agents", AGENT)).hasStatus(201);
            return once.post("/v1/agents", "{\"name\": \"other\"}");
        });
        requests.put(ErrorCode.PRECONDITION_FAILED, () -> {
            String agent = client.create("/v1/agents", AGENT);
            return client.withHeader("If-Match", "\"older\"").patch("/v1/agents/" + agent, "{}");
        });
        requests.put(ErrorCode.LOCKED, () -> {
            String state = "/v1/projects/" + client.create("/v1/projects", "{\"name\": \"some\"}") + "/state";
            assertThat(client.post(state + "/lock", "{\"ID\": \"a\"}")).hasStatus(200);
            return client.post(state + "/unlock", "{\"ID\": \"b\"}");
        });
        requests.put(
                ErrorCode.PAYLOAD_TOO_LARGE,
                () -> client.post("/v1/agents", " ".repeat((int) Router.DEFAULT_BODY_LIMIT + 1)));
        requests.put(ErrorCode.UNSUPPORTED_MEDIA_TYPE, () -> client.post("/v1/sources/zip", "{}"));
        requests.put(ErrorCode.UNAVAILABLE, () -> {
            String agent = client.create("/v1/agents", AGENT);
            return client.post("/v1/agents/" + agent + "/chat", "{\"message\": \"hello\"}");
        });
        requests.put(ErrorCode.INTERNAL_ERROR, ErrorCodesTest::brokenServer);
        return requests;
    }

    /** Somebody took a table away. */
    private static Answer brokenServer() {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient client = server.client();
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER TABLE agent RENAME TO agent_of_old");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return client.get("/v1/agents");
        }
    }

    @Test
    void canAllBeMet(TestServer server, ApiClient client) {
        Map<ErrorCode, Supplier<Answer>> requests = requests(server, client);
        assertThat(requests.keySet())
                .as("say here how a client meets a new code")
                .isEqualTo(EnumSet.allOf(ErrorCode.class));

        requests.forEach((code, request) -> {
            Answer answer = request.get();
            assertThat(answer)
                    .as(code.name())
                    .hasStatus(code.status())
                    .hasErrorCode(code.name())
                    .has("/error", code.title())
                    .hasHeader("Content-Type", "application/json")
                    .has("/requestId", answer.header("X-Request-Id").orElseThrow());
            assertThat(answer.text("/details")).as(code.name()).matches("(?s).*\\w.*");
        });
    }

    private static Answer answer(Map<ErrorCode, Supplier<Answer>> requests, ErrorCode code) {
        return Objects.requireNonNull(requests.get(code)).get();
    }

    @Test
    void bringTheHeadersThatSayWhatToDo(TestServer server, ApiClient client) {
        Map<ErrorCode, Supplier<Answer>> requests = requests(server, client);

        Answer limited = answer(requests, ErrorCode.RATE_LIMITED);
        assertThat(limited)
                .hasHeader("Retry-After", limited.text("/retryAfter"))
                .hasHeader("X-RateLimit-Remaining", "0");
        assertThat(answer(requests, ErrorCode.UNAVAILABLE)).hasHeader("Retry-After");
        assertThat(answer(requests, ErrorCode.METHOD_NOT_ALLOWED)).hasHeader("Allow", "GET, POST");
        assertThat(answer(requests, ErrorCode.AUTH_REQUIRED)).hasHeader("WWW-Authenticate", "UserKey");
        assertThat(answer(requests, ErrorCode.INVALID_API_KEY)).hasHeader("WWW-Authenticate", "UserKey");
        assertThat(answer(requests, ErrorCode.VALIDATION_FAILED)).hasFieldError("/name", "is required");
    }

    @Test
    void tellNothingOfTheServersInside() {
        Answer answer = brokenServer();

        assertThat(answer).hasErrorCode("INTERNAL_ERROR").saysWhy(answer.text("/requestId"));
        assertThat(answer.body())
                .doesNotContainIgnoringCase("select", "agent", "java", "exception", "relation", "psql");
    }
}
