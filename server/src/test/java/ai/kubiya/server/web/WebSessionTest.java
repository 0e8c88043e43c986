package ai.kubiya.server.web;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signed-in browsers, at the level of HTTP. */
@ServerTest
class WebSessionTest {

    private static ApiClient signIn(TestServer server, ApiClient client) {
        Answer answer = client.post("/web/session", "");
        assertThat(answer).hasStatus(200).hasHeader("Cache-Control", "no-store");
        String cookie = answer.header("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
        return server.anonymous().withHeader("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    private static ApiClient asPage(ApiClient browser) {
        return browser.withHeader("X-Kubiya-Web", "1");
    }

    @Test
    void standsForItsKey(TestServer server, ApiClient admin) {
        ApiClient weak = server.withScopes(admin, Scope.AGENTS_READ);
        ApiClient page = asPage(signIn(server, weak));
        assertThat(page.get("/v1/agents")).hasStatus(200);
        assertThat(page.get("/v1/secrets")).hasStatus(403).hasErrorCode("INSUFFICIENT_SCOPE");
        assertThat(page.get("/v1/auth/me"))
                .has("/key/id", weak.get("/v1/auth/me").text("/key/id"));
    }

    @Test
    void countsOnlyForThePageItself(TestServer server, ApiClient admin) {
        // Another site can make a browser send the cookie, but not the header.
        ApiClient otherSite = signIn(server, admin);
        assertThat(otherSite.get("/v1/agents")).hasStatus(401).hasErrorCode("AUTH_REQUIRED");
        assertThat(otherSite.delete("/web/session")).hasStatus(401);
        assertThat(otherSite.withHeader("Origin", "https://evil.example").head("/v1/agents"))
                .hasStatus(401)
                .hasNoHeader("Access-Control-Allow-Origin");
    }

    @Test
    void endsWhenItIsSignedOutOrItsKeyIsRevoked(TestServer server, ApiClient admin) {
        ApiClient page = asPage(signIn(server, admin));
        Answer end = page.delete("/web/session");
        assertThat(end).hasStatus(200);
        assertThat(end.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(page.get("/v1/agents")).hasStatus(401);

        Answer key = admin.post("/v1/auth/keys", "{\"name\": \"short\"}");
        ApiClient second = asPage(signIn(server, server.withKey(key.text("/key"))));
        assertThat(second.get("/v1/agents")).hasStatus(200);
        admin.delete("/v1/auth/keys/" + key.id());
        assertThat(second.get("/v1/agents")).hasStatus(401);
    }

    @Test
    void endsByItself() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient page = asPage(signIn(server, server.client()));
            clock.advance(Duration.ofHours(11));
            assertThat(page.get("/v1/agents")).hasStatus(200);
            clock.advance(Duration.ofHours(2));
            assertThat(page.get("/v1/agents")).hasStatus(401);
        }
    }

    @Test
    void isKnownToOtherServersAndHasNoSecretInTheDatabase(TestServer server) {
        ApiClient admin = server.newOrganization();
        try (TestServer other = server.replica()) {
            Answer answer = admin.post("/web/session", "");
            String cookie = answer.header("Set-Cookie").orElseThrow();
            String pair = cookie.substring(0, cookie.indexOf(';'));
            assertThat(asPage(other.anonymous().withHeader("Cookie", pair)).get("/v1/agents"))
                    .hasStatus(200);
            assertThat(server.dump()).doesNotContain(pair.substring(pair.indexOf('=') + 1));
        }
    }

    @Test
    void reachesTheApiThroughTheProxyAndNothingElse(TestServer server, ApiClient admin) {
        ApiClient page = asPage(signIn(server, admin));
        assertThat(page.get("/playground/proxy/v1/agents")).hasStatus(200).hasNoHeader("Deprecation");
        assertThat(page.get("/playground/proxy/healthz")).hasStatus(404);
        assertThat(page.get("/playground/proxy/http://127.0.0.1/")).hasStatus(404);
        assertThat(page.get("/playground/proxy/api/v1/agents")).hasStatus(404);
        assertThat(server.anonymous().get("/playground/proxy/v1/agents")).hasStatus(401);
    }

    @Test
    void servesThePagesUnderAStrictPolicy(TestServer server) {
        for (String path : new String[] {"/", "/playground"}) {
            Answer page = server.anonymous().get(path);
            assertThat(page).hasStatus(200).hasHeader("X-Content-Type-Options", "nosniff");
            assertThat(page.header("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            String tag = page.header("ETag").orElseThrow();
            assertThat(server.anonymous().withHeader("If-None-Match", tag).get(path))
                    .hasStatus(304);
        }
        assertThat(server.anonymous().get("/assets/app.js"))
                .hasStatus(200)
                .hasHeader("Content-Type", "text/javascript; charset=utf-8");
        assertThat(server.anonymous().get("/assets/../server.yaml")).hasStatusAmong(400, 404);
    }

    @Test
    void compressesFilesForWhoeverTakesThemSo(TestServer server) {
        Answer plain =
                server.anonymous().withHeader("Accept-Encoding", "br, gzip;q=0").get("/assets/app.js");
        assertThat(plain).hasStatus(200).hasHeader("Vary", "Accept-Encoding");
        assertThat(plain.header("Content-Encoding")).isEmpty();

        ApiClient zipping = server.anonymous().withHeader("Accept-Encoding", "deflate, gzip");
        Answer zipped = zipping.get("/assets/app.js");
        assertThat(zipped).hasStatus(200).hasHeader("Content-Encoding", "gzip").hasHeader("Vary", "Accept-Encoding");
        String tag = zipped.header("ETag").orElseThrow();
        assertThat(plain.header("ETag")).isNotEqualTo(zipped.header("ETag"));
        assertThat(zipping.withHeader("If-None-Match", tag).get("/assets/app.js"))
                .hasStatus(304);
    }
}
