package ai.kubiya.server.secret;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the Terraform provider, the command line and the SDKs send, and what they read of the answers. */
@ServerTest
class SecretCompatApiTest {

    private static String decoded(Answer answer) {
        assertThat(answer).hasStatus(200);
        assertThat(answer.json().isTextual()).isTrue();
        return new String(Base64.getDecoder().decode(answer.json().textValue()), StandardCharsets.UTF_8);
    }

    @Test
    void servesTheTerraformProvider(ApiClient client) {
        Answer created = client.post("/api/v2/secrets", """
                {"name": "api-credentials", "value": "första\\nsecond", "description": ""}
                """);
        assertThat(created).hasStatus(200).has("/name", "api-credentials").doesNotMention("second");

        assertThat(client.get("/api/v2/secrets/api-credentials"))
                .hasStatus(200)
                .has("/name", "api-credentials")
                .has("/description", "")
                .has("/created_by", "someone@" + client.organizationName());
        assertThat(decoded(client.get("/api/v2/secrets/get_value/api-credentials")))
                .isEqualTo("första\nsecond");
        assertThat(client.get("/api/v2/secrets").json().isArray()).isTrue();
        assertThat(client.get("/api/v2/secrets").column("secret_name")).containsExactly("api-credentials");

        assertThat(client.put("/api/v2/secrets/api-credentials", """
                {"name": "api-credentials", "value": "third", "description": "d", "created_by": "", "created_at": ""}
                """))
                .hasStatus(200)
                .has("/description", "d")
                .has("/error", com.fasterxml.jackson.databind.node.MissingNode.getInstance());
        assertThat(client.put("/api/v2/secrets/api-credentials", """
                {"secret_name": "api-credentials", "created_by": "", "created_at": "", "description": "e"}
                """))
                .hasStatus(200)
                .has("/description", "e");
        assertThat(decoded(client.get("/api/v2/secrets/get_value/api-credentials")))
                .isEqualTo("third");
        assertThat(client.withHeader("force", "true").delete("/api/v2/secrets/api-credentials"))
                .hasStatus(200)
                .has("/result", "ok");
        assertThat(client.get("/api/v2/secrets/api-credentials")).hasStatus(404);
    }

    @Test
    void servesTheCommandLine(ApiClient client) {
        assertThat(client.post("/api/v1/secrets/CLI", "{\"value\": \"one\", \"description\": \"d\"}"))
                .hasStatus(200);
        assertThat(client.post("/api/v1/secrets/CLI", "{\"value\": \"two\"}"))
                .hasStatus(200)
                .has("/description", "d");
        assertThat(client.get("/api/v1/secrets/get_value/CLI"))
                .hasStatus(200)
                .hasHeader("Cache-Control", "no-store")
                .has("", Map.of("name", "CLI", "value", "two"));
        assertThat(client.put("/api/v1/secrets/CLI", "{\"value\": \"three\", \"description\": \"e\"}"))
                .hasStatus(200);
        assertThat(client.get("/api/v1/secrets").column("description")).containsExactly("e");
        assertThat(client.get("/api/v1/secrets/CLI")).has("/name", "CLI");
        assertThat(client.post("/api/v1/secrets/1st", "{\"value\": \"x\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "letter");
        assertThat(client.post("/api/v1/secrets/CLI", "{}")).hasStatus(400).hasFieldError("/value", "is required");
        assertThat(client.delete("/api/v1/secrets/CLI")).hasStatus(200);
    }

    @Test
    void servesTheSdk(ApiClient client) {
        assertThat(client.post("/api/v1/secrets", "{\"name\": \"SDK\", \"value\": \"one\"}"))
                .hasStatus(200);
        assertThat(client.get("/api/v1/secret/get_secret_value/SDK")).has("/value", "one");
        assertThat(client.put("/api/v1/secret/update_secret", "{\"name\": \"SDK\", \"value\": \"two\"}"))
                .hasStatus(200);
        assertThat(client.put("/api/v1/secret/update_secret", "{\"value\": \"two\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "is required");
        assertThat(client.get("/api/v1/secret/get_secret_value/SDK")).has("/value", "two");
        assertThat(client.put("/api/v2/secrets/SDK", "{\"value\": \"three\"}")).hasStatus(200);
        assertThat(decoded(client.get("/api/v2/secrets/get_value/SDK"))).isEqualTo("three");
        assertThat(client.delete("/api/v1/secret/SDK")).hasStatus(200);
    }

    @Test
    void saysThatVersion1WasSuperseded(ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"x\", \"value\": \"1234\"}");
        for (String path :
                new String[] {"/api/v1/secrets", "/api/v1/secrets/get_value/x", "/api/v1/secret/get_secret_value/x"}) {
            assertThat(client.get(path))
                    .hasHeader("Deprecation")
                    .hasHeader("Sunset")
                    .hasHeader("Link", "</api/v2/secrets>; rel=\"successor-version\"");
        }
        assertThat(client.get("/api/v2/secrets")).hasNoHeader("Deprecation").hasNoHeader("Sunset");
        assertThat(client.get("/v1/secrets")).hasNoHeader("Deprecation");
    }

    @Test
    void tagsAValueWithoutHashingIt(ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"A\", \"value\": \"1234\"}");
        String tag = client.get("/v1/secrets/A").header("ETag").orElseThrow();

        assertThat(client.get("/api/v2/secrets/get_value/A")).hasHeader("ETag", tag);
        assertThat(client.get("/api/v1/secrets/get_value/A")).hasHeader("ETag", tag);
    }

    @Test
    void givesValuesToThoseAloneWhoMayReadSecrets(TestServer server, ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"A\", \"value\": \"1234\"}");
        ApiClient other = server.withScopes(client, Scope.TOOLS_EXECUTE);

        assertThat(other.get("/api/v2/secrets/get_value/A")).hasStatus(403).saysWhy("secrets:read");
        assertThat(other.get("/api/v2/secrets")).hasStatus(403);
        assertThat(server.withScopes(client, Scope.SECRETS_READ).get("/api/v2/secrets/get_value/A"))
                .hasStatus(200);
    }
}
