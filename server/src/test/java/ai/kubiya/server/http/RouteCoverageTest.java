package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What must be true of every route there is, so that nobody has to remember it when adding one. */
@ServerTest
class RouteCoverageTest {
    private static final String WRONG_KEY = "uk_0000000000000000000000000000000000000000000";

    /** Those that take a key. */
    private static List<Router.Route> guarded(TestServer server) {
        return behind(server, Router.Guard.KEY);
    }

    private static List<Router.Route> behind(TestServer server, Router.Guard guard) {
        return server.router().routes().stream()
                .filter(route -> route.guard() == guard)
                .toList();
    }

    /** A path that the route answers, with this in place of every parameter. */
    private static String path(Router.Route route, String parameter) {
        return route.pattern().replaceAll("\\{[^}]+}", parameter);
    }

    private static Answer call(ApiClient client, Router.Route route, String parameter) {
        boolean hasBody = !List.of("GET", "DELETE", "HEAD").contains(route.method());
        return hasBody
                ? client.send(route.method(), path(route, parameter), "{}")
                : client.begin(route.method(), path(route, parameter), new byte[0]);
    }

    /** Tells of all routes for which something is not so, not only of the first. */
    private static void forEach(List<Router.Route> routes, Consumer<Router.Route> check) {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Router.Route route : routes) {
            try {
                check.accept(route);
            } catch (AssertionError e) {
                wrong.put(route.method() + " " + route.pattern(), String.valueOf(e.getMessage()));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(routes).isNotEmpty();
    }

    @Test
    void opensOnlyWhatProbesToolsAndSendersNeed(TestServer server) {
        assertThat(server.router().routes().stream()
                        .filter(Router.Route::open)
                        .map(Router.Route::pattern)
                        // The web app's own files, and the documentation.
                        .filter(pattern -> !pattern.matches("/|/playground|/(assets|docs)(/.*)?")))
                .containsExactlyInAnyOrder(
                        "/healthz",
                        "/readyz",
                        "/metrics",
                        "/openapi.yaml",
                        "/openapi.json",
                        "/hooks/{token}",
                        "/v1/gitops/{git_token}",
                        // The url is as secret as the token that the manifest holds, and kubectl sends nothing else.
                        "/api/v3/runners/install/{seed}");
    }

    @Test
    void asksEveryoneForAKey(TestServer server) {
        forEach(
                guarded(server),
                route -> assertThat(call(server.anonymous(), route, "x"))
                        .hasStatus(401)
                        .hasErrorCode("AUTH_REQUIRED")
                        .hasHeader("X-Request-Id"));
    }

    @Test
    void refusesAWrongKeyEverywhere(TestServer server) {
        forEach(
                guarded(server),
                route -> assertThat(call(server.withKey(WRONG_KEY), route, "x"))
                        .hasStatus(401)
                        .hasErrorCode("INVALID_API_KEY")
                        .doesNotMention(WRONG_KEY));
    }

    @Test
    void opensTheRoutesOfRunnersToNoKey(TestServer server, ApiClient admin) {
        List<Router.Route> ofRunners = behind(server, Router.Guard.RUNNER);
        forEach(
                ofRunners,
                route -> assertThat(call(server.anonymous(), route, "x"))
                        .hasStatus(401)
                        .hasErrorCode("AUTH_REQUIRED"));
        forEach(
                ofRunners,
                route -> assertThat(call(admin, route, "x"))
                        .hasStatus(401)
                        .hasErrorCode("INVALID_API_KEY")
                        .saysWhy("takes a runner's token"));
    }

    @Test
    void opensNothingElseToTheTokenOfARunner(TestServer server, ApiClient admin) {
        String token = admin.post("/v1/runners/any", "{}").text("/token");
        for (String scheme : List.of("UserKey ", "Bearer ")) {
            ApiClient runner = server.anonymous().withAuthorization(scheme + token);
            forEach(
                    guarded(server),
                    route -> assertThat(call(runner, route, "any"))
                            .hasStatus(401)
                            .doesNotMention(token));
        }
    }

    @Test
    void refusesAKeyWithoutScopesWhereOneIsNeeded(TestServer server, ApiClient admin) {
        ApiClient bare = server.withScopes(admin);
        List<Router.Route> scoped =
                guarded(server).stream().filter(route -> route.scope() != null).toList();

        forEach(
                scoped,
                route -> assertThat(call(bare, route, "x"))
                        .hasStatus(403)
                        .hasErrorCode("INSUFFICIENT_SCOPE")
                        .saysWhy(String.valueOf(
                                route.scope() == null ? null : route.scope().wireName())));
    }

    /** Routes for every valid key, each with its reason. */
    private static final Map<String, String> FOR_ANY_KEY = Map.of(
            "GET /v1/auth/(me|validate)", "who am I?",
            "(POST|DELETE) /web/session", "signing in and out",
            "(GET|POST) /v1/auth/keys", "one's own keys; what a key may give is less than what it has",
            "(GET|PUT|PATCH|DELETE) /v1/auth/keys/\\{key}", "one's own keys",
            "GET /v1/users", "colleagues are no secret among those who work together",
            "GET /v1/users/(self|\\{user})", "colleagues",
            "GET /v1/groups", "agents name them",
            "GET /v1/groups/\\{group}(/members)?", "agents name them",
            "GET /v1/manage/groups", "agents name them");

    @Test
    void needsAScopeForEverythingButOnesOwnAndColleagues(TestServer server) {
        List<String> scopeless = guarded(server).stream()
                .filter(route -> route.scope() == null)
                .map(route -> route.method() + " " + route.pattern().replaceFirst("^/api", ""))
                .toList();

        assertThat(scopeless).allMatch(route -> FOR_ANY_KEY.keySet().stream().anyMatch(route::matches));
        // Also the other way round: an exception that is not needed any more goes.
        assertThat(FOR_ANY_KEY.keySet()).allMatch(pattern -> scopeless.stream().anyMatch(r -> r.matches(pattern)));
    }

    @Test
    void writesNeedMoreThanAScopeToRead(TestServer server) {
        List<Router.Route> writes = guarded(server).stream()
                .filter(route -> List.of("PUT", "PATCH", "DELETE").contains(route.method()))
                .toList();
        forEach(writes, route -> assertThat(String.valueOf(route.scope())).doesNotEndWith("_READ"));
    }

    @Test
    void answersIdsThatNobodyHasAsTheClientsMistake(TestServer server, ApiClient client) {
        for (String id : List.of(UUID.randomUUID().toString(), "no-such-name", "0", "%20", "%F0%9F%9A%80", "a%00b")) {
            List<Router.Route> withId = guarded(server).stream()
                    .filter(route -> route.pattern().contains("{"))
                    .filter(route -> !isMadeByItsName(route))
                    .toList();
            forEach(withId, route -> assertThat(call(client, route, id)).hasStatusAmong(400, 404, 415));
        }
    }

    /** What is made with its name in the path is not there before. */
    private static boolean isMadeByItsName(Router.Route route) {
        return route.method().equals("POST") && route.pattern().endsWith("/runners/{runner}");
    }

    @Test
    void survivesAnEmptyBodyEverywhere(TestServer server, ApiClient client) {
        forEach(
                guarded(server),
                route -> assertThat(client.begin(route.method(), path(route, "x"), new byte[0])
                                .status())
                        .isLessThan(500));
    }

    @Test
    void survivesABodyOfTheWrongKindEverywhere(TestServer server, ApiClient client) {
        for (String body : List.of("[]", "{", "null", "{\"name\":{},\"url\":[],\"inline_tools\":{},\"tool_name\":7}")) {
            forEach(
                    guarded(server),
                    route -> assertThat(client.begin(
                                            route.method(), path(route, "x"), body.getBytes(StandardCharsets.UTF_8))
                                    .status())
                            .isLessThan(500));
        }
    }

    @Test
    void takesBearerOnTheCompatibilitySurfaceAlone(TestServer server, ApiClient admin) {
        forEach(guarded(server), route -> {
            Answer answer = call(admin.withAuthorization("Bearer " + admin.key()), route, "no-such-name");
            boolean compatible = route.pattern().startsWith("/api/");
            assertThat(answer.status() != 401).isEqualTo(compatible || route.bearer());
        });
    }
}
