package ai.kubiya.server.integration;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/integrations} and {@code /api/v2/integrations}. */
@ServerTest
class IntegrationApiTest {
    private static final String MASK = "********";
    private static final String JIRA = """
            {"name": "jira", "integration_type": "jira", "auth_type": "global", "description": "Cloud",
             "managed_by": "terraform", "task_id": "t-1", "configs": [
               {"name": "eu", "is_default": true,
                "vendor_specific": {"site": "eu.example.com", "api_token": "tok-eu-1", "email": "a@example.com"}},
               {"name": "us", "vendor_specific": {"site": "us.example.com", "api_token": "tok-us-1"}}]}
            """;

    private static String one(String fields) {
        return "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{\"name\": \"c\", " + fields + "}]}";
    }

    @Test
    void keepsAnIntegrationAndMasksItsCredentials(ApiClient client) {
        Answer created = client.post("/v1/integrations", JIRA);

        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/integrations/" + created.id())
                .hasHeader("ETag")
                .has("/uuid", created.id())
                .has("/name", "jira")
                .has("/integration_type", "jira")
                .has("/auth_type", "global")
                .has("/description", "Cloud")
                .has("/managed_by", "terraform")
                .has("/task_id", "t-1")
                .has("/created_by", "someone@" + client.organizationName())
                .has("/configs/0/name", "eu")
                .has("/configs/0/is_default", true)
                .has(
                        "/configs/0/vendor_specific",
                        Map.of("site", "eu.example.com", "api_token", MASK, "email", "a@example.com"))
                .has("/configs/0/credentials", List.of("api_token"))
                .has("/configs/0/plain", List.of())
                .has("/configs/1/is_default", false)
                .doesNotMention("tok-");
        for (String path : List.of("jira", created.id())) {
            assertThat(client.get("/v1/integrations/" + path)).hasStatus(200).has("", created.json());
        }
        assertThat(client.get("/v1/integrations"))
                .has("/data/0", created.json())
                .has("/pagination/total", 1);
    }

    @Test
    void servesExistingClients(ApiClient client) {
        Answer created = client.post("/api/v2/integrations", """
                {"uuid": "", "name": "aws-production", "auth_type": "", "description": "", "configs": [
                  {"name": "india", "is_default": true,
                   "vendor_specific": {"arn": "arn:aws:iam::1:role/x", "region": "ap-south-1"}}]}
                """);

        assertThat(created)
                .hasStatus(200)
                .has("/integration_type", "")
                .has("/configs/0/vendor_specific", Map.of("arn", "arn:aws:iam::1:role/x", "region", "ap-south-1"));
        assertThat(client.get("/api/v2/integrations?full=true").json().isArray())
                .isTrue();
        assertThat(client.get("/api/v2/integrations").column("uuid")).containsExactly(created.id());
        assertThat(client.get("/api/v2/integrations/aws-production"))
                .has("", created.json())
                .hasNoHeader("Deprecation");
        assertThat(client.put("/api/v2/integrations/aws-production", """
                {"uuid": "other", "name": "aws-production", "integration_type": "aws", "configs": []}
                """))
                .hasStatus(200)
                .has("/uuid", created.id())
                .has("/integration_type", "aws")
                .has("/configs", List.of());
        assertThat(client.get("/api/v1/integrations/aws-production"))
                .hasStatus(200)
                .hasHeader("Deprecation")
                .hasHeader("Sunset")
                .hasHeader("Link", "</api/v2/integrations>; rel=\"successor-version\"");
        assertThat(client.get("/api/v1/integrations").column("name")).containsExactly("aws-production");
        assertThat(client.withHeader("force", "true").delete("/api/v2/integrations/aws-production"))
                .hasStatus(200)
                .has("/result", "ok");
        assertThat(client.get("/api/v2/integrations/aws-production")).hasStatus(404);
    }

    /** What is stored shows when a client makes it plain by sending its value: the mask alone does not. */
    @Test
    void keepsACredentialThatComesBackMasked(TestServer server, ApiClient client) {
        Answer created = client.post("/v1/integrations", JIRA);
        ObjectNode sent = (ObjectNode) created.json();
        sent.put("description", "changed");

        Answer put = client.put("/v1/integrations/jira", sent.toString());
        assertThat(put).hasStatus(200).has("/description", "changed");
        assertThat(put.at("/configs")).isEqualTo(created.at("/configs"));

        // The order of configurations does not matter; the name says which one it is.
        ArrayNode configs = (ArrayNode) sent.get("configs");
        configs.add(configs.remove(0));
        assertThat(client.patch("/v1/integrations/jira", sent.toString()))
                .hasStatus(200)
                .has("/configs/0/name", "us")
                .has("/configs/1/vendor_specific/api_token", MASK);

        ((ObjectNode) configs.get(0)).put("name", "renamed");
        assertThat(client.put("/v1/integrations/jira", sent.toString()))
                .hasStatus(400)
                .hasFieldError("/configs/0/vendor_specific/api_token", "send the value");
        assertThat(server.newOrganization().post("/v1/integrations", sent.toString()))
                .hasStatus(400)
                .hasFieldError("/configs/1/vendor_specific/api_token", "no stored value");
    }

    @Test
    void doesNotUnmaskWhatIsStored(ApiClient client) {
        client.create("/v1/integrations", one("\"vendor_specific\": {\"project_key\": \"secret-after-all\"}"));

        assertThat(client.put(
                        "/v1/integrations/x",
                        one("\"vendor_specific\": {\"project_key\": \"********\"}, \"plain\": [\"project_key\"]")))
                .hasStatus(400)
                .hasFieldError("/configs/0/vendor_specific/project_key", "was a credential until now");
        assertThat(client.put(
                        "/v1/integrations/x",
                        one("\"vendor_specific\": {\"project_key\": \"OPS\"}, \"plain\": [\"project_key\"]")))
                .hasStatus(200)
                .has("/configs/0/vendor_specific/project_key", "OPS")
                .has("/configs/0/plain", List.of("project_key"))
                .has("/configs/0/credentials", List.of());
        assertThat(client.get("/v1/integrations/x")).doesNotMention("secret-after-all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "api_token",
                "apiToken",
                "API_TOKEN",
                "password",
                "db-password",
                "secret",
                "clientSecret",
                "access_key_id",
                "key",
                "apikey",
                "apiKey2",
                "service_account_credentials",
                "private_key",
                "accesstoken"
            })
    void takesFieldsForCredentialsByTheirNames(String field, ApiClient client) {
        assertThat(client.post("/v1/integrations", one("\"vendor_specific\": {\"" + field + "\": \"hidden-value\"}")))
                .hasStatus(201)
                .has("/configs/0/credentials", List.of(field))
                .doesNotMention("hidden-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn", "region", "site", "org_name", "url", "context", "keyboard", "tokenizer_url_x"})
    void showsOtherFields(String field, ApiClient client) {
        assertThat(client.post("/v1/integrations", one("\"vendor_specific\": {\"" + field + "\": \"visible\"}")))
                .hasStatus(201)
                .has("/configs/0/vendor_specific/" + field, "visible")
                .has("/configs/0/credentials", List.of());
    }

    @Test
    void takesItsWordForWhatIsACredential(ApiClient client) {
        assertThat(client.post(
                        "/v1/integrations",
                        one("\"vendor_specific\": {\"site\": \"hidden-a\", \"sort_key\": \"visible-b\", \"n\": 7},"
                                + " \"credentials\": [\"site\"], \"plain\": [\"sort_key\"]")))
                .hasStatus(201)
                .has("/configs/0/vendor_specific", Map.of("site", MASK, "sort_key", "visible-b", "n", "7"))
                .has("/configs/0/credentials", List.of("site"))
                .doesNotMention("hidden-a");
        // Saying something else about it leaves that as it is.
        assertThat(client.patch("/v1/integrations/x", "{\"description\": \"d\"}"))
                .has("/configs/0/vendor_specific/site", MASK)
                .has("/configs/0/plain", List.of("sort_key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://u:hidden-pw@db/x", "-----BEGIN RSA PRIVATE KEY-----\\nhidden-pw"})
    void takesTellingValuesForCredentials(String value, ApiClient client) {
        assertThat(client.post("/v1/integrations", one("\"vendor_specific\": {\"connection\": \"" + value + "\"}")))
                .hasStatus(201)
                .has("/configs/0/vendor_specific/connection", MASK)
                .doesNotMention("hidden-pw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /name | is required",
                "{\"name\": \"x\"} | /integration_type | is required",
                "{\"name\": \"a/b\", \"integration_type\": \"t\"} | /name | must not contain /",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"colour\": 1} | /colour | is not a field",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": {}} | /configs | must be an array",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [7]} | /configs/0 | must be an object",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{}]} | /configs/0/name | is required",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{\"name\": \"c\", \"x\": 1}]} | /configs/0/x | is not a field",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{\"name\": \"c\"}, {\"name\": \"c\"}]} | /configs/1/name | another configuration",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{\"name\": \"c\", \"is_default\": true}, {\"name\": \"d\", \"is_default\": true}]} | /configs/1/is_default | one configuration at most",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{\"name\": \"c\", \"vendor_specific\": {\"a\": {}}}]} | /configs/0/vendor_specific/a | must be a string",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{\"name\": \"c\", \"vendor_specific\": {\"token\": \"********\"}}]} | /configs/0/vendor_specific/token | is the mask",
                "{\"name\": \"x\", \"integration_type\": \"t\", \"configs\": [{\"name\": \"c\", \"credentials\": [\"a\"], \"plain\": [\"a\"]}]} | /configs/0/plain | in one of them"
            })
    void saysWhatIsWrong(String body, String field, String words, ApiClient client) {
        assertThat(client.post("/v1/integrations", body)).hasStatus(400).hasFieldError(field, words);
        assertThat(client.get("/v1/integrations").rows()).isEmpty();
    }

    @Test
    void refusesNamesThatAreTakenAndRenames(ApiClient client) {
        client.create("/v1/integrations", "{\"name\": \"a\", \"integration_type\": \"t\"}");
        client.create("/v1/integrations", "{\"name\": \"b\", \"integration_type\": \"t\"}");

        assertThat(client.post("/v1/integrations", "{\"name\": \"a\", \"integration_type\": \"t\"}"))
                .hasStatus(409)
                .saysWhy("\"a\"");
        assertThat(client.patch("/v1/integrations/a", "{\"name\": \"b\"}")).hasStatus(409);
        assertThat(client.patch("/v1/integrations/a", "{\"name\": \"c\"}")).hasStatus(200);
        assertThat(client.get("/v1/integrations").column("name")).containsExactly("b", "c");
    }

    @Test
    void guardsChangesByTheVersionThatTheClientRead(ApiClient client) {
        client.create("/v1/integrations", JIRA);
        String tag = client.get("/v1/integrations/jira").header("ETag").orElseThrow();

        assertThat(client.withHeader("If-Match", tag).patch("/v1/integrations/jira", "{\"description\": \"1\"}"))
                .hasStatus(200);
        assertThat(client.withHeader("If-Match", tag).patch("/v1/integrations/jira", "{\"description\": \"2\"}"))
                .hasStatus(412);
        assertThat(client.withHeader("If-Match", tag).delete("/v1/integrations/jira"))
                .hasStatus(412);
        assertThat(client.get("/v1/integrations/jira")).has("/description", "1");
    }

    @Test
    void asksForItsScopes(TestServer server, ApiClient client) {
        client.create("/v1/integrations", JIRA);
        ApiClient other = server.withScopes(client, Scope.AGENTS_WRITE, Scope.SECRETS_WRITE);
        ApiClient reader = server.withScopes(client, Scope.INTEGRATIONS_READ);

        assertThat(other.get("/v1/integrations")).hasStatus(403).saysWhy("integrations:read");
        assertThat(reader.get("/v1/integrations/jira")).hasStatus(200);
        assertThat(reader.delete("/v1/integrations/jira")).hasStatus(403).saysWhy("integrations:write");
    }

    @Test
    void writesDownWhoDidWhat(TestServer server) throws Exception {
        ApiClient client = server.newOrganization();
        client.create(
                "/v1/integrations",
                JIRA.replace("\"jira\", \"integration_type\"", "\"audited\", \"integration_type\""));
        client.patch("/v1/integrations/audited", "{\"description\": \"x\"}");
        client.delete("/v1/integrations/audited");

        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT string_agg(action_type || ' ' || category_type || ' ' || resource_type, ', ' ORDER BY at, id)
                        FROM audit_item WHERE resource_text = 'audited' AND category_type = 'integrations'
                        """)) {
            rows.next();
            assertThat(rows.getString(1))
                    .isEqualTo("create integrations integration, update integrations integration,"
                            + " delete integrations integration");
        }
    }
}
