package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, and what those hear who may not. */
@ServerTest
class AuthenticationTest {

    @Test
    void saysHowToSendAKeyWhenThereIsNone(TestServer server) {
        assertThat(server.anonymous().get("/v1/agents"))
                .hasStatus(401)
                .hasErrorCode("AUTH_REQUIRED")
                .saysWhy("no Authorization header", "UserKey YOUR_API_KEY")
                .hasHeader("WWW-Authenticate", "UserKey");
    }

    @Test
    void namesThePrefixBearerWhereItIsNotTaken(TestServer server) {
        assertThat(server.anonymous()
                        .withAuthorization("Bearer " + server.firstKey())
                        .get("/v1/agents"))
                .hasStatus(401)
                .hasErrorCode("AUTH_REQUIRED")
                .saysWhy("Bearer", "UserKey");
    }

    @Test
    void takesBearerOnTheCompatibilitySurface(TestServer server) {
        assertThat(server.anonymous()
                        .withAuthorization("Bearer " + server.firstKey())
                        .get("/api/v1/agents"))
                .hasStatus(200);
    }

    @Test
    void refusesAKeyThatNobodyMade(TestServer server) {
        String key = "uk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        for (String header : new String[] {"UserKey " + key, "Bearer " + key}) {
            assertThat(server.anonymous().withAuthorization(header).get("/api/v1/agents"))
                    .hasStatus(401)
                    .hasErrorCode("INVALID_API_KEY")
                    .doesNotMention(key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"garbage", "UserKey", "Basic dXNlcjpwYXNz", "UserKey:x", "Token x y", "Digest username=\"x\""})
    void refusesAHeaderOfAnotherForm(String header, TestServer server) {
        assertThat(server.anonymous().withAuthorization(header).get("/v1/agents"))
                .hasStatus(401)
                .hasErrorCode("AUTH_REQUIRED")
                .saysWhy("UserKey KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"userkey ", "USERKEY ", "UserKey    ", "uSeRkEy "})
    void doesNotCareHowTheSchemeIsWritten(String scheme, TestServer server) {
        assertThat(server.anonymous()
                        .withAuthorization(scheme + server.firstKey())
                        .get("/v1/agents"))
                .hasStatus(200);
    }

    @Test
    void namesTheScopeThatAKeyLacks(TestServer server, ApiClient admin) {
        ApiClient reader = server.withScopes(admin, Scope.AGENTS_READ);

        assertThat(reader.get("/v1/agents")).hasStatus(200);
        assertThat(reader.post("/v1/agents", """
                {"name": "deployer"}
                """))
                .hasStatus(403)
                .hasErrorCode("INSUFFICIENT_SCOPE")
                .saysWhy("agents:write", "test key");
        assertThat(admin.get("/v1/agents").rows()).isEmpty();
    }

    @Test
    void letsWriteIncludeRead(TestServer server, ApiClient admin) {
        ApiClient writer = server.withScopes(admin, Scope.AGENTS_WRITE, Scope.TOOLS_EXECUTE);

        assertThat(writer.get("/v1/agents")).hasStatus(200);
        assertThat(writer.get("/v1/tools")).hasStatus(200);
        assertThat(writer.get("/v1/sources")).hasStatus(403);
    }

    @Test
    void tellsAnyKeyWhoItIs(TestServer server, ApiClient admin) {
        ApiClient bare = server.withScopes(admin);

        for (String prefix : new String[] {"/v1/auth", "/api/v1/auth"}) {
            assertThat(bare.get(prefix + "/me"))
                    .hasStatus(200)
                    .has("/organization/name", admin.organizationName())
                    .has("/user/email", "someone@" + admin.organizationName())
                    .has("/key/name", "test key")
                    .has("/user/name", "Someone")
                    .has("/user/id", admin.get("/v1/users/self").id())
                    .has("/user/groups", admin.get("/v1/users/self").at("/groups"))
                    .has("/key/prefix", bare.key().substring(0, 8))
                    .hasNull("/key/expires_at")
                    .hasNull("/key/rate_limit_per_minute")
                    .has("/scopes", new String[0])
                    .doesNotMention(bare.key());
            assertThat(bare.get(prefix + "/validate")).hasStatus(200);
            assertThat(bare.head(prefix + "/validate")).hasStatus(200);
            assertThat(server.anonymous().head(prefix + "/validate")).hasStatus(401);
        }
    }

    @Test
    void makesTheFirstKeyAnAdministrators(TestServer server) {
        assertThat(server.firstKey()).matches("uk_[A-Za-z0-9_-]{43}");
        assertThat(server.client().get("/v1/auth/me"))
                .hasStatus(200)
                .has("/scopes", new String[] {"admin"})
                .has("/organization/name", "default");
    }
}
