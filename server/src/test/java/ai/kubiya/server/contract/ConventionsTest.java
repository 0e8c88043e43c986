package ai.kubiya.server.contract;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.contract.Examples.Place;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Belongings;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.DescribedApi.Part;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is the same everywhere on the documented surface, held against every operation that there is. */
@ServerTest
class ConventionsTest {
    /** Writes that are done once for keys of another kind. */
    private static final Map<String, String> OTHER_KEYS = Map.of(
            "POST /hooks/{token}",
            "foreign senders have no key of ours and name their events each in a header of their own; one that is"
                    + " known is answered as a duplicate, see ReceptionTest",
            "POST /v1/gitops/{git_token}",
            "git hosts have no key of ours and name their deliveries too, see GitHookApiTest");

    private static final DescribedApi API = DescribedApi.ofRepository();

    /** Tells of all operations for which something is not so. */
    private static void each(Predicate<Operation> wanted, Consumer<Operation> check) {
        Map<String, String> wrong = new LinkedHashMap<>();
        List<Operation> operations = API.operations(true).stream()
                .filter(wanted)
                .filter(Examples::canBeHadHere)
                .toList();
        for (Operation operation : operations) {
            try {
                check.accept(operation);
            } catch (AssertionError e) {
                wrong.put(operation.toString(), String.valueOf(e.getMessage()));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(operations).isNotEmpty();
    }

    private static boolean hasParameter(Operation operation, String name) {
        return operation.parameters().stream()
                .anyMatch(parameter -> parameter.at("name").asText().equals(name));
    }

    private static boolean isChange(Operation operation) {
        return List.of("PUT", "PATCH").contains(operation.method());
    }

    /** Whether the path is that of one thing that can be read there; what belongs to a thing is a list. */
    private static boolean isOfOneThing(Operation operation) {
        return operation.pattern().endsWith("}")
                && API.operations(true).stream()
                        .anyMatch(other -> other.method().equals("GET")
                                && other.pattern().equals(operation.pattern())
                                && !hasParameter(other, "limit"));
    }

    private static boolean isKept(Operation operation) {
        return !operation.scope().equals("none");
    }

    @Test
    void listsComeInPages(TestServer server) {
        Place place = Examples.place(server);
        Belongings.of(place.client(), "more");

        each(ConventionsTest::isList, operation -> {
            String path = place.own().path(operation.pattern()) + query(place, operation);
            Answer all = place.client().get(path);
            int total = all.at("/pagination/total").asInt(-1);
            assertThat(all).hasStatus(200).has("/pagination/limit", 50).has("/pagination/offset", 0);
            assertThat(all.rows()).hasSize(Math.min(total, 50));

            Answer first = place.client().get(path + "limit=1");
            Answer second = place.client().get(path + "limit=1&offset=1");
            assertThat(first).has("/pagination/limit", 1).has("/pagination/total", total);
            assertThat(second).has("/pagination/offset", 1).has("/pagination/total", total);
            assertThat(first.rows()).isEqualTo(all.rows().subList(0, Math.min(total, 1)));
            assertThat(second.rows()).isEqualTo(all.rows().subList(Math.min(total, 1), Math.min(total, 2)));
            assertThat(place.client().get(path + "limit=1&page=2").rows()).isEqualTo(second.rows());

            Answer beyond = place.client().get(path + "offset=1000000");
            assertThat(beyond).hasStatus(200).has("/pagination/total", total);
            assertThat(beyond.rows()).isEmpty();
            assertThat(place.client().get(path + "limit=501")).hasStatus(400).hasFieldError("limit", "from 1 to 500");
        });
    }

    private static boolean isList(Operation operation) {
        // Of a log one reads the beginning, or a span of time, or follows it.
        return operation.method().equals("GET")
                && hasParameter(operation, "limit")
                && !operation.pattern().endsWith("/logs");
    }

    /** The beginning of a query, with the example of what is asked for when it is missing. */
    private static String query(Place place, Operation operation) {
        Answer bare = place.send(operation);
        List<String> missing = bare.status() == 400 ? bare.at("/errors").findValuesAsText("field") : List.of();
        StringBuilder query = new StringBuilder("?");
        operation.parameters().stream()
                .filter(parameter -> missing.contains(parameter.at("name").asText()))
                .forEach(parameter -> query.append(parameter.at("name").asText())
                        .append('=')
                        .append(parameter.at("example").asText())
                        .append('&'));
        return query.toString();
    }

    @Test
    void creationsAnswerWhatThereIsNowAndWhere(TestServer server) {
        each(Examples::creates, operation -> {
            Place place = Examples.placeWithout(server, operation.id());

            Answer created = place.send(operation);

            assertThat(created).hasStatus(201).has("/uuid", created.id()).hasHeader("Location");
            Answer read = place.client().get(created.header("Location").orElseThrow());
            assertThat(read).hasStatus(200).has("/id", created.id());
            haveTimesInUtc(read.json());
        });
    }

    private static void haveTimesInUtc(JsonNode resource) {
        resource.properties().stream()
                .filter(member ->
                        member.getKey().endsWith("_at") && !member.getValue().isNull())
                .forEach(member -> assertThat(member.getValue().asText())
                        .as(member.getKey())
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    }

    @Test
    void deletionsAnswerOkAndAreForGood(TestServer server) {
        each(
                operation -> operation.method().equals("DELETE")
                        && operation.pattern().endsWith("}"),
                operation -> {
                    Place place = Examples.bare(server);
                    String path = place.own().path(operation.pattern());
                    if (!isOfOneThing(operation)) {
                        // One thing in another: it has to be put there first.
                        assertThat(place.client().put(path, "{}")).hasStatus(200);
                    }

                    assertThat(place.send(operation)).hasStatus(200).has("", Map.of("result", "ok"));
                    if (isOfOneThing(operation)) {
                        Answer gone = place.client().get(path);
                        assertThat(gone.status() == 404 || gone.text("/status").equals("revoked"))
                                .as(gone.toString())
                                .isTrue();
                    }
                });
    }

    @Test
    void unknownFieldsAreRefusedByName(TestServer server) {
        Place place = Examples.place(server);

        each(operation -> Examples.body(operation).orElse(null) instanceof ObjectNode, operation -> {
            ObjectNode body = Examples.body(operation).orElseThrow().deepCopy();
            Answer answer = place.client()
                    .send(
                            operation.method(),
                            place.own().path(operation.pattern()),
                            body.put("no_such_field", 1).toString());
            if (operation.part().at("x-checked-by-handler").asBoolean()) {
                // Clients of that API send many fields that mean nothing here.
                assertThat(answer).doesNotMention("no_such_field");
                return;
            }
            assertThat(answer)
                    .hasStatus(400)
                    .hasFieldError("/no_such_field", "is not a field of ")
                    .hasFieldErrors(1);
        });
    }

    @Test
    void thingsCanBeNamedByIdAndByName(TestServer server) {
        Place place = Examples.place(server);

        each(
                operation ->
                        operation.method().equals("GET") && operation.pattern().endsWith("}"),
                operation -> {
                    List<String> bodies = new ArrayList<>();
                    for (String path : place.own().pathsOfOne(operation.pattern())) {
                        Answer answer = place.client().get(path);
                        assertThat(answer).hasStatus(200);
                        bodies.add(answer.body());
                    }
                    assertThat(bodies).containsOnly(bodies.getFirst());
                });
    }

    @Test
    void oneThingHasATagThatSparesItsBody(TestServer server) {
        Place place = Examples.place(server);

        each(
                operation -> operation.method().equals("GET") && isKept(operation) && isOfOneThing(operation),
                operation -> {
                    assertThat(hasParameter(operation, "If-None-Match")).isTrue();
                    String path = place.own().path(operation.pattern());
                    Answer read = place.client().get(path);
                    String tag = read.header("ETag").orElse("none");
                    assertThat(read).hasStatus(200).hasHeader("ETag");
                    assertThat(place.client().withHeader("If-None-Match", tag).get(path))
                            .hasStatus(304)
                            .hasHeader("ETag", tag);
                });
    }

    @Test
    void changesCanBeMadeToDependOnATag(TestServer server) {
        Place place = Examples.place(server);

        each(
                operation -> (isChange(operation) || operation.method().equals("DELETE")) && isOfOneThing(operation),
                operation -> {
                    assertThat(hasParameter(operation, "If-Match")).isTrue();
                    String path = place.own().path(operation.pattern());
                    Answer before = place.client().get(path);

                    Answer refused = place.send(place.client().withHeader("If-Match", "\"older\""), operation);

                    assertThat(refused)
                            .hasStatus(412)
                            .hasErrorCode("PRECONDITION_FAILED")
                            .saysWhy("\"older\"");
                    assertThat(place.client().get(path))
                            .hasHeader("ETag", before.header("ETag").orElseThrow());
                });
    }

    @Test
    void writesAreDoneOnceForEachKey(TestServer server) {
        Place shared = Examples.place(server);
        List<String> refused = new ArrayList<>();
        List<String> replayed = new ArrayList<>();

        Predicate<Operation> write = operation -> !operation.method().equals("GET");
        each(write.and(operation -> !OTHER_KEYS.containsKey(operation.toString())), operation -> {
            assertThat(hasParameter(operation, "Idempotency-Key")).isTrue();
            Place place = Examples.creates(operation)
                    ? Examples.placeWithout(server, operation.id())
                    : operation.method().equals("POST") ? shared : Examples.bare(server);
            ApiClient once = place.client().withHeader("Idempotency-Key", "once" + replayed.size());

            Answer first = place.send(once, operation);

            if (first.status() >= 300) {
                // There is no language model, no uploaded source and the like. Refusals are not kept.
                refused.add(operation.toString());
                return;
            }
            replayed.add(operation.toString());
            Answer second = place.send(once, operation);
            assertThat(second).hasStatus(first.status()).hasHeader("Idempotency-Replayed", "true");
            assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
            assertThat(second.body()).isEqualTo(first.body());
            String other = place.own().path(operation.pattern()) + "?other=1";
            assertThat(once.send(operation.method(), other, "{}")).hasStatusAmong(400, 409);
        });
        assertThat(refused).hasSizeLessThan(replayed.size() / 4);
    }

    @Test
    void whatWasReadCanBeSentBackAndChangesNothing(TestServer server) {
        Place place = Examples.place(server);

        each(operation -> isChange(operation) && isOfOneThing(operation), operation -> {
            String path = place.own().path(operation.pattern());
            JsonNode before = place.client().get(path).json();
            for (String body : List.of("{}", before.toString())) {
                Answer changed = place.client().send(operation.method(), path, body);
                assertThat(changed).hasStatus(200);
                assertThat(lasting(place.client().get(path).json())).isEqualTo(lasting(before));
            }
        });
    }

    /** Without what tells of the last change. */
    private static JsonNode lasting(JsonNode resource) {
        ObjectNode lasting = resource.deepCopy();
        lasting.properties()
                .removeIf(member -> List.of(
                                "updated_at",
                                "updated_by",
                                "version",
                                "metadata",
                                "kubiya_metadata",
                                "last_used",
                                "last_synced_at")
                        .contains(member.getKey()));
        return lasting;
    }

    @Test
    void aChangeOfOneFieldLeavesTheOthers(TestServer server) {
        Place place = Examples.place(server);

        each(operation -> isChange(operation) && isOfOneThing(operation) && canBeDescribed(operation), operation -> {
            String path = place.own().path(operation.pattern());
            ObjectNode expected = place.client().get(path).json().deepCopy();
            String words = "changed with " + operation.method();

            Answer changed =
                    place.client().send(operation.method(), path, "{\"description\": \"%s\"}".formatted(words));

            assertThat(changed).hasStatus(200);
            assertThat(lasting(place.client().get(path).json())).isEqualTo(lasting(expected.put("description", words)));
        });
    }

    private static boolean canBeDescribed(Operation operation) {
        Part schema = API.part(operation.part().pointer() + "/requestBody/content/application~1json/schema");
        return API.child(schema, "properties").node().has("description")
                && !API.child(API.child(schema, "properties"), "description")
                        .at("readOnly")
                        .asBoolean();
    }
}
