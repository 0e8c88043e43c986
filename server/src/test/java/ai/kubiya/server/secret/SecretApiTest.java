package ai.kubiya.server.secret;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/secrets}. */
@ServerTest
class SecretApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VALUE = "correct-horse-battery";

    private static String body(String name, String value) {
        return JSON.createObjectNode().put("name", name).put("value", value).toString();
    }

    @Test
    void keepsASecretAndNeverShowsItsValueByTheWay(ApiClient client) {
        Answer created = client.post("/v1/secrets", """
                {"name": "GH_TOKEN", "value": "correct-horse-battery", "description": "for GitHub",
                 "managed_by": "terraform", "task_id": "t-1"}
                """);

        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/secrets/GH_TOKEN")
                .hasHeader("ETag")
                .has("/name", "GH_TOKEN")
                .has("/variable", "GH_TOKEN")
                .has("/description", "for GitHub")
                .has("/managed_by", "terraform")
                .has("/task_id", "t-1")
                .has("/uuid", created.id())
                .has("/created_by", "someone@" + client.organizationName())
                .has("/updated_by", "someone@" + client.organizationName())
                .doesNotMention("\"value\"");
        assertThat(created.text("/created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(client.get("/v1/secrets/GH_TOKEN")).hasStatus(200).has("", created.json());
        assertThat(client.get("/v1/secrets/" + created.id())).hasStatus(200).has("", created.json());
        assertThat(client.get("/v1/secrets")).has("/data/0", created.json()).has("/pagination/total", 1);
        assertThat(client.get("/v1/secrets/GH_TOKEN/value"))
                .hasStatus(200)
                .hasHeader("Cache-Control", "no-store")
                .hasNoHeader("ETag")
                .has("", java.util.Map.of("name", "GH_TOKEN", "value", VALUE));
    }

    @Test
    void listsByNameInPages(ApiClient client) {
        assertThat(client.get("/v1/secrets").rows()).isEmpty();
        for (String name : new String[] {"C", "A", "B"}) {
            client.create("/v1/secrets", body(name, VALUE));
        }

        assertThat(client.get("/v1/secrets").column("name")).containsExactly("A", "B", "C");
        Answer second = client.get("/v1/secrets?limit=2&offset=2");
        assertThat(second.column("name")).containsExactly("C");
        assertThat(second)
                .has("/pagination/total", 3)
                .has("/pagination/limit", 2)
                .has("/pagination/offset", 2);
    }

    @Test
    void changesWhatIsSentAndKeepsTheRest(ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"A\", \"value\": \"first-value\", \"description\": \"d\"}");

        assertThat(client.put("/v1/secrets/A", "{\"value\": \"second-value\"}"))
                .hasStatus(200)
                .has("/description", "d")
                .doesNotMention("second-value");
        assertThat(client.get("/v1/secrets/A/value")).has("/value", "second-value");
        assertThat(client.patch("/v1/secrets/A", "{\"description\": null, \"task_id\": \"t\", \"value\": null}"))
                .hasStatus(200)
                .has("/description", "")
                .has("/task_id", "t");
        assertThat(client.get("/v1/secrets/A/value")).has("/value", "second-value");
        assertThat(client.put("/v1/secrets/A", client.get("/v1/secrets/A").body()))
                .hasStatus(200);
        assertThat(client.patch("/v1/secrets/A", "{\"name\": \"B\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "cannot be changed");
    }

    @Test
    void guardsChangesByTheVersionThatTheClientRead(ApiClient client) {
        client.create("/v1/secrets", body("A", VALUE));
        String tag = client.get("/v1/secrets/A").header("ETag").orElseThrow();
        assertThat(client.withHeader("If-None-Match", tag).get("/v1/secrets/A")).hasStatus(304);

        assertThat(client.withHeader("If-Match", tag).patch("/v1/secrets/A", "{\"value\": \"other-value\"}"))
                .hasStatus(200)
                .hasHeader("ETag");
        assertThat(client.withHeader("If-Match", tag).patch("/v1/secrets/A", "{\"value\": \"third-value\"}"))
                .hasStatus(412)
                .hasErrorCode("PRECONDITION_FAILED");
        assertThat(client.withHeader("If-Match", tag).delete("/v1/secrets/A")).hasStatus(412);
        assertThat(client.get("/v1/secrets/A/value")).has("/value", "other-value");
    }

    @Test
    void deletesASecretAlsoWhileAnAgentListsIt(ApiClient client) {
        client.create("/v1/secrets", body("A", VALUE));
        String agent = client.create("/v1/agents", "{\"name\": \"x\", \"secrets\": [\"A\"]}");

        assertThat(client.delete("/v1/secrets/A")).hasStatus(200).has("/result", "ok");

        assertThat(client.get("/v1/secrets/A")).hasStatus(404).saysWhy("\"A\"");
        assertThat(client.get("/v1/secrets/A/value")).hasStatus(404);
        assertThat(client.delete("/v1/secrets/A")).hasStatus(404);
        assertThat(client.put("/v1/secrets/A", "{}")).hasStatus(404);
        assertThat(client.patch("/v1/agents/" + agent, "{\"description\": \"still there\"}"))
                .hasStatus(200)
                .has("/secrets", java.util.List.of("A"));
        assertThat(client.post("/v1/agents", "{\"name\": \"y\", \"secrets\": [\"A\"]}"))
                .hasStatus(400)
                .hasFieldError("/secrets/0", "there is no secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "_x9", "api-credentials", "my.dotted.name", "aWS_sEcReT"})
    void takesNamesThatCanBeEnvironmentVariables(String name, ApiClient client) {
        assertThat(client.post("/v1/secrets", body(name, VALUE)))
                .hasStatus(201)
                .has("/variable", name.replaceAll("[.-]", "_"));
        assertThat(client.get("/v1/secrets/" + name)).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1A", "a b", "a/b", "a=b", "ü", "-a", ".a", "", " ", "a\\n"})
    void refusesOtherNames(String name, ApiClient client) {
        assertThat(client.post("/v1/secrets", body(name, VALUE))).hasStatus(400).hasErrorCode("VALIDATION_FAILED");
        assertThat(client.get("/v1/secrets").rows()).isEmpty();
    }

    @Test
    void refusesNamesThatAreTaken(ApiClient client) {
        client.create("/v1/secrets", body("api-key", VALUE));

        assertThat(client.post("/v1/secrets", body("api-key", "other")))
                .hasStatus(409)
                .saysWhy("There is a secret \"api-key\" already");
        assertThat(client.post("/v1/secrets", body("api.key", "other")))
                .hasStatus(409)
                .saysWhy("environment variable api_key", "\"api-key\"");
        client.create("/v1/secrets", body("API_KEY", "other"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /name | is required",
                "{\"name\": \"A\"} | /value | is required",
                "{\"name\": \"A\", \"value\": \"\"} | /value | must not be empty",
                "{\"name\": \"A\", \"value\": 7} | /value | must be a string, got a number",
                "{\"name\": \"A\", \"value\": \"a\\u0000b\"} | /value | NUL",
                "{\"name\": \"A\", \"value\": \"x\", \"colour\": 1} | /colour | is not a field",
                "{\"name\": \"A\", \"value\": \"x\", \"secret_name\": \"A\"} | /secret_name | is not a field"
            })
    void saysWhatIsWrong(String body, String field, String words, ApiClient client) {
        assertThat(client.post("/v1/secrets", body)).hasStatus(400).hasFieldError(field, words);
    }

    @Test
    void keepsValuesOfAnyTextUpToItsLimit(ApiClient client) {
        String lines = "-----BEGIN KEY-----\r\nline\n\t\"quoted\" \\ ü 🚀 {{.x}} $HOME\n\n";
        client.create("/v1/secrets", body("LINES", lines));
        client.create("/v1/secrets", body("LONG", "x".repeat(64 << 10)));

        assertThat(client.get("/v1/secrets/LINES/value")).has("/value", lines);
        assertThat(client.get("/v1/secrets/LONG/value").text("/value")).hasSize(64 << 10);
        assertThat(client.post("/v1/secrets", body("LONGER", "x".repeat((64 << 10) + 1))))
                .hasStatus(400)
                .hasFieldError("/value", "at most 65536");
        assertThat(client.post("/v1/secrets", body("WIDER", "ü".repeat(40_000))))
                .hasStatus(400)
                .hasFieldError("/value", "80000");
        assertThat(client.get("/v1/secrets/WIDER")).hasStatus(404);
    }

    @Test
    void asksForItsScopes(TestServer server, ApiClient client) {
        client.create("/v1/secrets", body("A", VALUE));
        ApiClient others = server.withScopes(client, Scope.TOOLS_EXECUTE, Scope.AGENTS_WRITE, Scope.SOURCES_WRITE);
        ApiClient reader = server.withScopes(client, Scope.SECRETS_READ);
        ApiClient writer = server.withScopes(client, Scope.SECRETS_WRITE);

        assertThat(others.get("/v1/secrets")).hasStatus(403).saysWhy("secrets:read");
        assertThat(others.get("/v1/secrets/A/value")).hasStatus(403).doesNotMention(VALUE);
        assertThat(reader.get("/v1/secrets/A/value")).hasStatus(200);
        assertThat(reader.put("/v1/secrets/A", "{\"value\": \"y\"}"))
                .hasStatus(403)
                .saysWhy("secrets:write");
        assertThat(reader.delete("/v1/secrets/A")).hasStatus(403);
        assertThat(writer.put("/v1/secrets/A", "{\"value\": \"written\"}")).hasStatus(200);
    }

    @Test
    void keepsTheSameNameOfTwoOrganisationsApart(TestServer server, ApiClient client) {
        ApiClient other = server.newOrganization();
        client.create("/v1/secrets", body("SAME", "of-the-first"));
        String others = other.create("/v1/secrets", body("SAME", "of-the-second"));

        assertThat(client.get("/v1/secrets/SAME/value")).has("/value", "of-the-first");
        assertThat(other.get("/v1/secrets/SAME/value")).has("/value", "of-the-second");
        assertThat(client.get("/v1/secrets/" + others + "/value")).hasStatus(404);
        assertThat(client.delete("/v1/secrets/SAME")).hasStatus(200);
        assertThat(other.get("/v1/secrets/SAME/value")).has("/value", "of-the-second");
    }

    @Test
    void answersARepeatedCreationAsTheFirst(ApiClient client) {
        ApiClient once = client.withHeader("Idempotency-Key", "k-1");
        Answer first = once.post("/v1/secrets", body("A", VALUE));

        assertThat(once.post("/v1/secrets", body("A", VALUE)))
                .hasStatus(201)
                .hasHeader("Idempotency-Replayed", "true")
                .has("", first.json());
        assertThat(once.post("/v1/secrets", body("A", "another"))).hasStatus(409);
    }

    @Test
    void writesDownWhoReadAndChangedWhat(TestServer server) throws Exception {
        ApiClient client = server.newOrganization();
        client.create("/v1/secrets", body("AUDITED_ONE", VALUE));
        client.get("/v1/secrets/AUDITED_ONE");
        client.get("/v1/secrets/AUDITED_ONE/value");
        client.get("/api/v2/secrets/get_value/AUDITED_ONE");
        client.patch("/v1/secrets/AUDITED_ONE", "{\"description\": \"x\"}");
        client.delete("/v1/secrets/AUDITED_ONE");

        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT string_agg(action_type || ' ' || category_type || ' ' || resource_type, ', ' ORDER BY at, id)
                        FROM audit_item WHERE resource_text = 'AUDITED_ONE' AND action_successful
                        """)) {
            rows.next();
            assertThat(rows.getString(1))
                    .isEqualTo("create secrets secret, read secrets secret, read secrets secret,"
                            + " update secrets secret, delete secrets secret");
        }
    }

    @Test
    void acceptsAValueOfExactlyWhatItWasGiven(ApiClient client) {
        ObjectNode body = JSON.createObjectNode().put("name", "S").put("value", "  padded\n");
        client.create("/v1/secrets", body.toString());

        assertThat(client.get("/v1/secrets/S/value")).has("/value", "  padded\n");
    }
}
