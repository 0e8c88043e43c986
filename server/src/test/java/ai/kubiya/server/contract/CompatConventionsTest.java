package ai.kubiya.server.contract;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.contract.Examples.Place;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Belongings;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What existing clients count on, held against every route of theirs that there is. */
@ServerTest
class CompatConventionsTest {
    /** Lists whose clients turn pages in another way, and count on no totals. */
    private static final Map<String, String> OTHER_PAGES =
            Map.of("/api/v1/auditing/items", "page and page_size, no end but an empty page");

    /** What stands in these paths is no name of anything. */
    private static final Map<String, String> NO_NAMES = Map.of(
            "/api/v3/runners/install/{seed}",
            "the url of a manifest is as secret as the token in it and holds no name, see RunnerApiTest");

    /** Tells of all routes for which something is not so. */
    private static void each(TestServer server, Predicate<Router.Route> wanted, Consumer<Router.Route> check) {
        Map<String, String> wrong = new LinkedHashMap<>();
        List<Router.Route> routes = server.router().routes().stream()
                .filter(route -> route.pattern().startsWith("/api/"))
                .filter(wanted)
                .toList();
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

    /** The same on the documented surface. */
    private static Optional<Operation> sister(Router.Route route) {
        String pattern = route.pattern().replaceFirst("^/api/v\\d/", "/v1/");
        return DescribedApi.ofRepository().operations(true).stream()
                .filter(operation -> operation.method().equals(route.method())
                        && operation.pattern().equals(pattern))
                .findFirst();
    }

    private static Answer begin(Place place, Router.Route route) {
        return place.client().begin(route.method(), place.own().path(route.pattern()), new byte[0]);
    }

    @Test
    void listsAreBareArrays(TestServer server) {
        Place place = Examples.place(server);
        Belongings.of(place.client(), "more");

        each(server, route -> route.method().equals("GET"), route -> {
            Answer all = begin(place, route);
            assertThat(all.body().startsWith("{\"data\":") && all.body().contains("\"pagination\":"))
                    .as("is in an envelope")
                    .isFalse();
            if (!all.body().startsWith("[") || OTHER_PAGES.containsKey(route.pattern())) {
                return;
            }
            int total = all.rows().size();
            assertThat(all).hasStatus(200).hasHeader("X-Total-Count", Integer.toString(total));
            String path = place.own().path(route.pattern());

            Answer first = place.client().get(path + "?limit=1");
            assertThat(first).hasStatus(200).hasHeader("X-Total-Count", Integer.toString(total));
            assertThat(first.rows()).isEqualTo(all.rows().subList(0, Math.min(total, 1)));
            assertThat(first.header("Link").orElse("")).contains("rel=\"first\"", "rel=\"last\"");
            assertThat(first.header("Link").orElse("").contains("rel=\"next\"")).isEqualTo(total > 1);

            List<String> second = List.of("?limit=1&offset=1", "?limit=1&page=2");
            for (String query : second) {
                assertThat(place.client().get(path + query).rows())
                        .isEqualTo(all.rows().subList(Math.min(total, 1), Math.min(total, 2)));
            }
        });
    }

    @Test
    void creationsAnswer200(TestServer server) {
        each(server, route -> sister(route).filter(Examples::creates).isPresent(), route -> {
            Operation creation = sister(route).orElseThrow();
            Place place = Examples.placeWithout(server, creation.id());

            Answer created = place.client()
                    .post(
                            place.own().path(route.pattern()),
                            Examples.body(creation).orElseThrow().toString());

            assertThat(created).hasStatus(200).hasNoHeader("Location");
        });
    }

    @Test
    void deletionsAnswerOk(TestServer server) {
        each(server, route -> route.method().equals("DELETE"), route -> {
            Answer deleted = begin(Examples.bare(server), route);

            assertThat(deleted).hasStatus(200).has("/result", "ok");
            // The command line also reads a status of policies.
            assertThat(deleted.json().size()).isEqualTo(route.pattern().contains("/opa/") ? 2 : 1);
        });
    }

    @Test
    void unknownFieldsAreOverlooked(TestServer server) {
        Place place = Examples.place(server);
        String token = place.client().post("/v1/runners/machine", "{}").text("/token");
        ApiClient runner = server.anonymous().withAuthorization("Bearer " + token);

        each(server, route -> List.of("POST", "PUT", "PATCH").contains(route.method()), route -> {
            ObjectNode body = sister(route)
                    .flatMap(Examples::body)
                    .filter(ObjectNode.class::isInstance)
                    .map(example -> (ObjectNode) example.deepCopy())
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            ApiClient sender = route.guard() == Router.Guard.RUNNER ? runner : place.client();
            ApiClient json = sender.withHeader("Content-Type", "application/json");

            Answer answer = json.begin(
                    route.method(),
                    place.own().path(route.pattern()),
                    body.put("no_such_field", 1).toString().getBytes(StandardCharsets.UTF_8));

            assertThat(answer.status()).isNotEqualTo(401);
            assertThat(answer).doesNotMention("no_such_field");
        });
    }

    @Test
    void thingsCanBeNamedByIdAndByName(TestServer server) {
        Place place = Examples.place(server);

        Predicate<Router.Route> ofOne =
                route -> route.method().equals("GET") && route.pattern().endsWith("}");
        each(server, ofOne.and(route -> !NO_NAMES.containsKey(route.pattern())), route -> {
            for (String path : place.own().pathsOfOne(route.pattern())) {
                assertThat(place.client().get(path)).as(path).hasStatus(200);
            }
        });
    }
}
