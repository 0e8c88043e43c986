package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.RawConnection;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears when its request is not one. */
@ServerTest
class RequestErrorsTest {

    @Test
    void answersEveryErrorInOneShape(ApiClient client) {
        Answer answer = client.get("/v1/agents/nobody");

        assertThat(answer)
                .hasStatus(404)
                .hasErrorCode("NOT_FOUND")
                .hasHeader("Content-Type", "application/json")
                .has("/error", "Not found")
                .has("/status", 404)
                .has("/requestId", answer.header("X-Request-Id").orElseThrow());
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("error", "details", "errorCode", "status", "requestId");
    }

    @Test
    void addsTheWrongFieldsToAValidationError(ApiClient client) {
        Answer answer = client.post("/v1/agents", """
                {"description": 5, "tags": ["a", 6], "is_debug_mode": "yes"}
                """);

        assertThat(answer)
                .hasStatus(400)
                .hasErrorCode("VALIDATION_FAILED")
                .hasFieldError("/name", "is required")
                .hasFieldError("/description", "must be a string, got a number")
                .hasFieldError("/tags/1", "must be a string, got a number")
                .hasFieldError("/is_debug_mode", "must be true or false, got a string")
                .hasFieldErrors(4)
                .saysWhy("3 more");
        assertThat(client.get("/v1/agents").rows()).isEmpty();
    }

    @Test
    void makesARequestIdAndKeepsAClientsOwn(ApiClient client) {
        Answer made = client.get("/v1/agents");
        assertThat(made.header("X-Request-Id").orElseThrow()).matches("req_[A-Za-z0-9_-]{16}");
        assertThat(client.get("/v1/agents").header("X-Request-Id")).isNotEqualTo(made.header("X-Request-Id"));
        assertThat(client.withHeader("X-Request-Id", "build-17:step.2").get("/v1/nothing"))
                .hasHeader("X-Request-Id", "build-17:step.2")
                .has("/requestId", "build-17:step.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"has spaces in it", "<script>", "ü"})
    void replacesARequestIdThatIsNotFitForALog(String id, TestServer server) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendHead("GET /v1/agents HTTP/1.1\nHost: x\nX-Request-Id: " + id);

            assertThat(connection.read().header("X-Request-Id").orElseThrow()).startsWith("req_");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/unknown", "/v2/agents", "/v1/agents/x/y", "/api/v4/agents"})
    void answers404WhereNothingIs(String path, ApiClient client, TestServer server) {
        assertThat(client.get(path)).hasStatus(404).hasErrorCode("NOT_FOUND").saysWhy(path);
        assertThat(server.anonymous().get(path)).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /v1/agents | GET, POST",
                "POST | /v1/agents/some | DELETE, GET, PATCH, PUT",
                "PATCH | /v1/executions/some | GET",
                "GET | /v1/tools/exec | POST",
                "TRACE | /v1/agents | GET, POST",
                "BREW | /v1/agents | GET, POST",
                "POST | /healthz | GET"
            })
    void names405TheMethodsThatThereAre(String method, String path, String allowed, ApiClient client) {
        assertThat(client.send(method, path, ""))
                .hasStatus(405)
                .hasHeader("Allow", allowed)
                .hasErrorCode("METHOD_NOT_ALLOWED")
                .saysWhy(method, allowed);
    }

    @Test
    void answersHeadLikeGetWithoutABody(ApiClient client) {
        Answer answer = client.head("/v1/agents");

        assertThat(answer).hasStatus(200).hasHeader("Content-Type", "application/json");
        assertThat(answer.body()).isEmpty();
        assertThat(client.head("/v1/agents/nobody")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/v1/agents",
                "/v1/api/v1/agents",
                "/v1/api/v2/agents",
                "/api/v1/api/v2/agents",
                "/v1/agents/",
                "/api/v1/agents/"
            })
    void understandsThePathsThatExistingClientsBuild(String path, ApiClient client) {
        assertThat(client.get(path)).hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=-1, limit",
        "limit=501, limit",
        "limit=many, limit",
        "limit=99999999999999999999, limit",
        "offset=-1, offset",
        "offset=x, offset",
        "page=0, page",
        "page=-2, page"
    })
    void refusesAPageThatThereCannotBe(String query, String name, ApiClient client) {
        for (String path : new String[] {"/v1/agents", "/v1/sources", "/v1/tools", "/v1/executions"}) {
            assertThat(client.get(path + "?" + query))
                    .hasStatus(400)
                    .hasErrorCode("VALIDATION_FAILED")
                    .hasFieldError(name, "must be a whole number");
        }
    }

    @Test
    void answersAnEmptyPageBeyondTheEnd(ApiClient client) {
        for (String query : new String[] {"limit=1&offset=4611686018427387903", "limit=500&page=2147483647"}) {
            assertThat(client.get("/v1/agents?" + query)).hasStatus(200).has("/pagination/total", 0);
            assertThat(client.get("/api/v1/agents?" + query)).hasStatus(200).hasHeader("X-Total-Count", "0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/agents?limit=%zz HTTP/1.1\nHost: x",
                "GET /v1/%zz HTTP/1.1\nHost: x",
                "GET /v1/agents/%c3%28 HTTP/1.1\nHost: x",
                "GET /v1/agents/{x} HTTP/1.1\nHost: x",
                "GET /v1/agents HTTP/9.9\nHost: x",
                "GET /v1/agents HTTP/1.1",
                "nonsense",
                "POST /v1/agents HTTP/1.1\nHost: x\nContent-Length: -5",
                "POST /v1/agents HTTP/1.1\nHost: x\nContent-Length: many",
                "GET /v1/agents HTTP/1.1\nHost: x\nbad header"
            })
    void answersWhatIsHardlyHttpWithItsOwnMistake(String head, TestServer server, ApiClient client) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendHead(head + "\nAuthorization: UserKey " + client.key() + "\nConnection: close");

            assertThat(connection.read().status()).isBetween(400, 499);
        }
        assertThat(client.get("/v1/agents")).hasStatus(200);
    }

    @Test
    void answersAHeadOfGreatLengthAsTheClientsMistake(TestServer server) throws IOException {
        for (String head : new String[] {
            "GET /v1/agents?q=" + "x".repeat(100_000) + " HTTP/1.1\nHost: x",
            "GET /v1/agents HTTP/1.1\nHost: x\nX-Long: " + "x".repeat(100_000)
        }) {
            try (RawConnection connection = new RawConnection(server)) {
                connection.sendHead(head);

                Answer answer = connection.read();
                assertThat(answer.status()).isBetween(400, 499);
                assertThat(answer).mentions("errorCode");
            }
        }
    }

    @Test
    void takesNothingFromAQueryOrAPathThatCannotBeStored(ApiClient client) {
        for (String path : new String[] {
            "/v1/agents/a%00b",
            "/v1/tools/a%00b",
            "/v1/sources/a%00b",
            "/v1/sources/agent_sources/a%00b",
            "/v1/agents?name=a%00b",
            "/v1/tools?q=a%00b",
            "/v1/executions?tool=a%00b",
            "/v1/sources?type=a%00b"
        }) {
            assertThat(client.get(path)).hasStatusAmong(400, 404);
        }
    }

    @Test
    void takesAnIdInAnyCase(ApiClient client) {
        String id = client.create("/v1/agents", """
                {"name": "deployer"}
                """);

        assertThat(client.get("/v1/agents/" + id.toUpperCase(java.util.Locale.ROOT)))
                .hasStatus(200);
        assertThat(client.get("/v1/sources/agent_sources/" + id.toUpperCase(java.util.Locale.ROOT)))
                .hasStatus(200);
        assertThat(client.get("/v1/agents/1-1-1-1-1")).hasStatus(404);
    }

    @Test
    void putsNothingFromAPathIntoAHeader(ApiClient client) {
        String name = "a\r\nX-Injected: yes";
        client.create("/v1/agents", "{\"name\": \"a\\r\\nX-Injected: yes\"}");

        assertThat(client.get("/api/v1/sources/agent_sources/" + ApiClient.encode(name) + "?limit=1"))
                .hasStatus(200)
                .hasNoHeader("X-Injected");
    }

    @Test
    void keepsALinkFitForAHeader(ApiClient client) {
        client.create("/v1/agents", "{\"name\": \"Grüße aus Köln 🚀\"}");

        Answer answer = client.get("/api/v1/sources/agent_sources/" + ApiClient.encode("Grüße aus Köln 🚀")
                + "?limit=1&type=" + ApiClient.encode("é&="));

        assertThat(answer).hasStatus(200);
        assertThat(answer.header("Link").orElseThrow())
                .isEqualTo(new String(
                        answer.header("Link").orElseThrow().getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.US_ASCII));
    }
}
