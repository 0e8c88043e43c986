package ai.kubiya.server.audit;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the trail holds, and how it is read. */
@ServerTest
class AuditApiTest {

    private static List<String> actions(ApiClient client, String query) {
        return client.get("/v1/audit?limit=500" + query).rows().stream()
                .map(item -> item.path("action_type").asText() + " "
                        + item.path("resource_type").asText() + " "
                        + item.path("resource_text").asText()
                        + (item.path("action_successful").asBoolean() ? "" : " refused"))
                .toList();
    }

    @Test
    void tellsOfEveryChangeNewestFirst(TestServer server) {
        ApiClient client = server.newOrganization();
        String agent = client.create("/v1/agents", "{\"name\": \"helper\"}");
        client.patch("/v1/agents/" + agent, "{\"description\": \"x\"}");
        client.delete("/v1/agents/" + agent);
        String source = client.create("/v1/sources", """
                {"name": "s", "inline_tools": [
                  {"name": "t", "description": "x", "type": "script", "content": "echo hi"}]}
                """);
        client.post("/v1/sources/" + source + "/sync", "{}");
        client.create("/v1/groups", "{\"name\": \"g\"}");
        client.create("/v1/users", "{\"email\": \"ada@example.com\"}");
        client.delete("/v1/auth/keys/" + client.create("/v1/auth/keys", "{\"name\": \"k\"}"));
        client.create("/v1/integrations", """
                {"name": "i", "integration_type": "x", "configs": [{"name": "c", "vendor_specific": {"token": "t"}}]}
                """);

        assertThat(actions(client, ""))
                .containsSubsequence(
                        "create integration i",
                        "delete api_key k",
                        "create api_key k",
                        "create user ada@example.com",
                        "create group g",
                        "sync source s",
                        "create source s",
                        "delete agent helper",
                        "update agent helper",
                        "create agent helper");
        JsonNode item = client.get("/v1/audit?resource_type=agent&limit=1").at("/data/0");
        assertThat(item.path("email").asText())
                .isEqualTo(client.get("/v1/auth/me").text("/user/email"));
        assertThat(item.path("org").asText()).isEqualTo(client.organizationName());
        assertThat(item.path("extra").path("id").asText()).isEqualTo(agent);
    }

    @Test
    void tellsOfReadSecretsRunsLoginsAndRefusals(TestServer server) {
        ApiClient client = server.newOrganization();
        client.create("/v1/secrets", "{\"name\": \"TOKEN\", \"value\": \"never-in-the-trail\"}");
        client.get("/v1/secrets/TOKEN/value");
        client.create("/v1/sources", """
                {"name": "s", "inline_tools": [
                  {"name": "t", "description": "x", "type": "script", "content": "echo hi"}]}
                """);
        client.post("/v1/tools/t/executions", "{}");
        client.get("/v1/auth/validate");
        ApiClient weak = server.withScopes(client, Scope.AGENTS_READ);
        assertThat(weak.get("/v1/secrets/TOKEN/value")).hasStatus(403);

        List<String> actions = actions(client, "");
        assertThat(actions)
                .contains("read secret TOKEN", "create secret TOKEN", "execute tool t")
                .anyMatch(action -> action.startsWith("login api_key"))
                .contains("insufficient_scope route GET /v1/secrets/{secret}/value refused");
        assertThat(client.get("/v1/audit?limit=500")).doesNotMention("never-in-the-trail");
    }

    @Test
    void countsARefusalThatRepeatsInsteadOfWritingItEachTime(TestServer server) {
        ApiClient client = server.newOrganization();
        ApiClient weak = server.withScopes(client);
        for (int i = 0; i < 20; i++) {
            assertThat(weak.get("/v1/agents")).hasStatus(403);
        }
        assertThat(actions(client, "&successful=false")).hasSize(1);
    }

    @Test
    void findsWhatIsAskedFor(TestServer server) {
        ApiClient client = server.newOrganization();
        assertThat(client.get("/v1/audit?resource_type=agent")).has("/pagination/total", 0);
        for (String name : List.of("a", "b", "c")) {
            client.create("/v1/agents", "{\"name\": \"%s\"}".formatted(name));
        }
        Answer second = client.get("/v1/audit?resource_type=agent&limit=1&offset=1");
        assertThat(second).has("/pagination/total", 3).has("/data/0/resource_text", "b");
        String middle = second.text("/data/0/timestamp");

        assertThat(actions(client, "&resource=b")).containsExactly("create agent b");
        assertThat(actions(client, "&resource_type=agent&from=" + middle))
                .containsExactly("create agent c", "create agent b");
        assertThat(actions(client, "&resource_type=agent&to=" + middle))
                .containsExactly("create agent b", "create agent a");
        assertThat(actions(client, "&category=agents&action=delete")).isEmpty();
        assertThat(actions(client, "&email=nobody@example.com")).isEmpty();
        assertThat(client.get("/v1/audit/" + second.text("/data/0/id"))).has("/resource_text", "b");
    }

    @ParameterizedTest
    @CsvSource({"from,yesterday", "to,2026-13-01T00:00:00Z", "successful,perhaps", "limit,0"})
    void saysWhatIsWrongWithAQuery(String name, String value, ApiClient client) {
        assertThat(client.get("/v1/audit?" + name + "=" + value)).hasStatus(400).hasFieldError(name, "must be");
    }

    @Test
    void speaksToExistingClientsInTheirWay(TestServer server) {
        ApiClient client = server.newOrganization();
        for (String name : List.of("a", "b", "c")) {
            client.create("/v1/agents", "{\"name\": \"%s\"}".formatted(name));
        }
        String filter = ApiClient.encode("{\"category_type\":\"agents\",\"resource_type\":\"agent\"}");
        String oldest = ApiClient.encode("{\"timestamp\":1}");
        String items = "/api/v1/auditing/items?page_size=2&filter=" + filter;

        assertThat(client.get(items).column("resource_text")).containsExactly("c", "b");
        assertThat(client.get(items + "&page=2").column("resource_text")).containsExactly("a");
        assertThat(client.get(items + "&page=3").rows()).isEmpty();
        assertThat(client.get(items + "&sort=" + oldest).column("resource_text"))
                .containsExactly("a", "b");
        JsonNode item = client.get(items).rows().getFirst();
        for (String field : List.of(
                "org",
                "email",
                "version",
                "category_type",
                "category_name",
                "resource_type",
                "resource_text",
                "action_type",
                "action_successful",
                "timestamp",
                "extra",
                "scope")) {
            assertThat(item.has(field)).as(field).isTrue();
        }
        assertThat(item.path("version").isInt()).isTrue();
        assertThat(item.path("action_successful").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter=%5B%5D",
                "filter=%7B",
                "filter=%7B%22timestamp%22%3A%7B%22gte%22%3A%22x%22%7D%7D",
                "filter=%7B%22category_type%22%3A7%7D",
                "sort=x",
                "page=0",
                "page_size=1001"
            })
    void refusesQueriesOfExistingClientsThatCannotBeRead(String query, ApiClient client) {
        assertThat(client.get("/api/v1/auditing/items?" + query)).hasStatus(400).hasErrorCode("VALIDATION_FAILED");
    }

    @Test
    void keepsOrganizationsApart(TestServer server, ApiClient stranger) {
        ApiClient owner = server.newOrganization();
        owner.create("/v1/agents", "{\"name\": \"hidden-agent\"}");
        String item = owner.get("/v1/audit?limit=1").text("/data/0/id");

        assertThat(stranger.get("/v1/audit/" + item)).hasStatus(404);
        assertThat(stranger.get("/v1/audit?resource=hidden-agent")).has("/pagination/total", 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE audit_item SET email = 'somebody else'", "DELETE FROM audit_item", "TRUNCATE audit_item"
            })
    void cannotBeChangedInTheDatabaseEither(String sql, TestServer server) throws SQLException {
        server.newOrganization().create("/v1/agents", "{\"name\": \"x\"}");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("append-only");
        }
    }

    @Test
    void needsItsScope(TestServer server, ApiClient admin) {
        assertThat(server.withScopes(admin, Scope.AUDIT_READ).get("/v1/audit")).hasStatus(200);
        assertThat(server.withScopes(admin, Scope.SECRETS_WRITE).get("/v1/audit"))
                .hasStatus(403);
    }
}
