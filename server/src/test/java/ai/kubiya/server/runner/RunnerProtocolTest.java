package ai.kubiya.server.runner;

import static ai.kubiya.server.runner.RunnerTools.events;
import static ai.kubiya.server.runner.RunnerTools.output;
import static ai.kubiya.server.runner.RunnerTools.start;
import static ai.kubiya.server.runner.RunnerTools.tool;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers when a runner repeats itself, lies, or comes too late. */
@ServerTest
class RunnerProtocolTest {
    private ApiClient client;
    private RunnerCalls process;

    /** A process of a runner, call by call. */
    private record RunnerCalls(ApiClient http, String instance, String boot) {
        static RunnerCalls of(TestServer server, ApiClient client, String name) {
            String token = client.post("/v1/runners/" + name, "{}").text("/token");
            ApiClient http = server.anonymous().withAuthorization("Bearer " + token);
            return new RunnerCalls(
                    http, UUID.randomUUID().toString(), UUID.randomUUID().toString());
        }

        RunnerCalls again() {
            return new RunnerCalls(http, instance, UUID.randomUUID().toString());
        }

        Answer call(String name, String message) {
            return http.post("/api/v3/runners/self/" + name, message);
        }

        String report(boolean draining) {
            return """
                    {"protocol": 1, "instance": "%s", "boot": "%s", "host": "h", "platform": "p", "version": "1",
                     "labels": ["gpu", "not a label"], "concurrency": 4, "running": 0, "draining": %s,
                     "components": {"tool_manager": {"version": "1", "error": "", "details": {}},
                                    "agent_manager": {"version": "1", "error": "", "details": {}},
                                    "other": {"version": "1", "error": "", "details": {}}}}
                    """.formatted(instance, boot, draining);
        }

        RunnerCalls register() {
            assertThat(call("register", report(false))).hasStatus(200).has("/heartbeat", "PT5S");
            return this;
        }

        Answer lease(List<String> tokens) {
            return call("lease", """
                    {"instance": "%s", "boot": "%s", "tokens": [%s], "patience": "PT0S"}
                    """.formatted(
                            instance,
                            boot,
                            tokens.stream().map(token -> '"' + token + '"').collect(Collectors.joining(","))));
        }

        JsonNode leaseOne() {
            return lease(tokens(1)).at("/leases/0");
        }

        Answer heartbeat(List<JsonNode> leases) {
            return call("heartbeat", """
                    {"process": %s, "leases": [%s], "stopping": [], "patience": "PT0S"}
                    """.formatted(
                    report(false), leases.stream().map(RunnerCalls::held).collect(Collectors.joining(","))));
        }

        static String held(JsonNode lease) {
            return "{\"execution\": %s, \"token\": %s}".formatted(lease.path("execution_id"), lease.path("token"));
        }

        Answer begin(JsonNode lease) {
            return call("begin", held(lease));
        }

        Answer print(JsonNode lease, int first, String... lines) {
            return call("events", report(lease, first, lines) + "}");
        }

        private static String report(JsonNode lease, int first, String... lines) {
            String events = Arrays.stream(lines)
                    .map(line -> "{\"type\": \"output\", \"at\": \"2026-01-01T00:00:00Z\", \"stream\": \"stdout\","
                            + " \"content\": \"%s\\n\"}".formatted(line))
                    .collect(Collectors.joining(","));
            return "{\"execution\": %s, \"token\": %s, \"first\": %d, \"events\": [%s]"
                    .formatted(lease.path("execution_id"), lease.path("token"), first, events);
        }

        Answer finish(JsonNode lease, int first, String... lines) {
            return call("finish", report(lease, first, lines) + """
                    , "outcome": {"result": "COMPLETED", "exit_code": 0, "duration_millis": 5, "output_bytes": 9,
                                  "dropped_bytes": 0}}
                    """);
        }
    }

    private static List<String> tokens(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> UUID.randomUUID().toString())
                .toList();
    }

    @BeforeEach
    void register(TestServer server) {
        client = server.newOrganization();
        process = RunnerCalls.of(server, client, "build").register();
        tool(client, "t", "echo never run");
    }

    private Answer execution(String run) {
        return client.get("/v1/executions/" + run);
    }

    @Test
    void storesEventsOnceHoweverOftenTheyAreSent() {
        String run = start(client, "t", "build");
        JsonNode lease = process.leaseOne();
        assertThat(process.begin(lease)).has("/wish", "CONTINUE");
        assertThat(process.print(lease, 1, "a", "b")).hasStatus(200);
        assertThat(process.print(lease, 1, "a", "b")).hasStatus(200);
        // The answer to the third was lost, and more has come meanwhile.
        assertThat(process.print(lease, 3, "c")).hasStatus(200);
        assertThat(process.print(lease, 3, "c", "d")).hasStatus(200);

        assertThat(process.finish(lease, 4, "d", "e")).hasStatus(200);
        assertThat(process.finish(lease, 4, "d", "e")).hasStatus(200);

        List<Event> events = events(client, run);
        assertThat(output(events)).isEqualTo("a\nb\nc\nd\ne\n");
        assertThat(events).extracting(Event::id).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(execution(run)).has("/status", "completed").has("/attempt", 1);
    }

    @Test
    void refusesEventsWithAGap() {
        String run = start(client, "t", "build");
        JsonNode lease = process.leaseOne();

        assertThat(process.print(lease, 3, "c")).hasStatus(409).hasErrorCode("CONFLICT");
        assertThat(process.finish(lease, 2, "c")).hasStatus(409);

        assertThat(execution(run)).has("/status", "leased").has("/last_event_id", 0);
    }

    @Test
    void handsTheSameRunsOutAgainWhenTheAnswerWasLost() {
        List<String> runs = List.of(start(client, "t", "build"), start(client, "t", "build"));
        start(client, "t", "build");
        List<String> tokens = tokens(2);
        Answer first = process.lease(tokens);
        assertThat(first.at("/leases").findValuesAsText("execution_id")).containsExactlyInAnyOrderElementsOf(runs);

        Answer again = process.lease(tokens);

        assertThat(again.at("/leases").findValuesAsText("execution_id")).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(again.at("/leases").findValuesAsText("token")).containsExactlyInAnyOrderElementsOf(tokens);
        runs.forEach(run -> assertThat(execution(run)).has("/attempt", 1));
    }

    @Test
    void givesBackWhatWasNotBegunAndOnlyThat() {
        String run = start(client, "t", "build");
        JsonNode lease = process.leaseOne();
        assertThat(process.call("release", RunnerCalls.held(lease))).hasStatus(200);
        assertThat(process.call("release", RunnerCalls.held(lease))).hasStatus(200);
        assertThat(execution(run)).has("/status", "queued").has("/attempt", 0);

        JsonNode second = process.leaseOne();
        assertThat(second.path("execution_id").asText()).isEqualTo(run);
        process.begin(second);
        process.call("release", RunnerCalls.held(second));
        assertThat(execution(run)).has("/status", "running").has("/attempt", 1);
        assertThat(process.begin(lease)).has("/wish", "ABANDON");
        assertThat(process.print(lease, 1, "x")).hasStatus(409);
    }

    @Test
    void tellsOfCancellationsAndLostLeases() {
        String run = start(client, "t", "build");
        String other = start(client, "t", "build");
        JsonNode lease = process.leaseOne();
        JsonNode second = process.leaseOne();
        assertThat(process.heartbeat(List.of(lease, second)))
                .has("/cancel", List.of())
                .has("/abandon", List.of());

        client.post("/v1/executions/" + run + "/cancel", "");
        process.finish(second, 1);

        assertThat(process.heartbeat(List.of(lease, second)))
                .has("/cancel", List.of(run))
                .has("/abandon", List.of(other));
        assertThat(process.begin(lease)).has("/wish", "CANCEL");
    }

    @Test
    void letsNoRunnerTouchTheWorkOfAnother(TestServer server) {
        String run = start(client, "t", "build");
        JsonNode lease = process.leaseOne();
        RunnerCalls sibling = RunnerCalls.of(server, client, "sibling").register();
        RunnerCalls stranger =
                RunnerCalls.of(server, server.newOrganization(), "build").register();

        assertThat(sibling.lease(tokens(1)).at("/leases").size()).isZero();
        assertThat(stranger.lease(tokens(1)).at("/leases").size()).isZero();
        assertThat(stranger.print(lease, 1, "x")).hasStatus(409);
        assertThat(stranger.finish(lease, 1)).hasStatus(409);
        assertThat(stranger.begin(lease)).has("/wish", "ABANDON");
        assertThat(stranger.heartbeat(List.of(lease))).has("/abandon", List.of(run));
        assertThat(stranger.call("release", RunnerCalls.held(lease))).hasStatus(200);
        assertThat(stranger.http().post("/api/v3/runners/sibling/lease", "{}"))
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED");
        assertThat(execution(run)).has("/status", "leased");
    }

    @Test
    void handsOutNoMoreThanTheRunnerMayHave() {
        client.put("/v1/runners/build", "{\"concurrency\": 2}");
        for (int i = 0; i < 4; i++) {
            start(client, "t", "build");
        }

        Answer first = process.lease(tokens(3));
        assertThat(first.at("/leases").size()).isEqualTo(2);
        assertThat(process.lease(tokens(3)).at("/leases").size()).isZero();
        process.finish(first.at("/leases/0"), 1);
        assertThat(process.lease(tokens(3)).at("/leases").size()).isEqualTo(1);
        client.post("/v1/runners/build/ops", "{\"operation\": \"drain\"}");
        process.finish(first.at("/leases/1"), 1);
        assertThat(process.lease(tokens(3)).at("/leases").size()).isZero();
    }

    @Test
    void givesNothingToAProcessThatEndsOrHasBeenReplaced() {
        start(client, "t", "build");
        process.call(
                "heartbeat",
                "{\"process\": %s, \"leases\": [], \"stopping\": [], \"patience\": \"PT0S\"}"
                        .formatted(process.report(true)));
        assertThat(process.lease(tokens(1)).at("/leases").size()).isZero();

        RunnerCalls next = process.again().register();

        assertThat(process.lease(tokens(1)).at("/leases").size()).isZero();
        assertThat(process.heartbeat(List.of())).has("/replaced", true);
        assertThat(next.lease(tokens(1)).at("/leases").size()).isEqualTo(1);
        assertThat(next.heartbeat(List.of())).has("/replaced", false);
    }

    @Test
    void takesBackWhatAnEarlierProcessOfTheSameInstanceHeld() {
        String untouched = start(client, "t", "build");
        String begun = start(client, "t", "build");
        process.leaseOne();
        process.begin(process.leaseOne());

        process.again().register();

        assertThat(execution(begun)).has("/status", "lost").has("/error_code", "lost");
        assertThat(execution(untouched)).has("/status", "queued");
    }

    @Test
    void endsWhatAProcessStillHasWhenItSaysGoodbye() {
        String begun = start(client, "t", "build");
        process.begin(process.leaseOne());

        Answer goodbye = process.call(
                "goodbye", "{\"instance\": \"%s\", \"boot\": \"%s\"}".formatted(process.instance(), process.boot()));

        assertThat(goodbye).hasStatus(200);
        assertThat(client.get("/v1/runners/build")).has("/status", "offline");
        assertThat(execution(begun)).has("/status", "lost");
    }

    @Test
    void keepsWhatARunnerSaysOfItselfWithinBounds() {
        assertThat(client.get("/v1/runners/build"))
                .has("/effective_labels", List.of("gpu"))
                .has("/processes/0/host", "h")
                .doesNotMention("\"other\"");
        String report = process.report(false);
        assertThat(process.call("register", report.replace("\"protocol\": 1", "\"protocol\": 2")))
                .hasStatus(400)
                .hasFieldError("/protocol", "upgrade the server");
        assertThat(process.call("register", report.replace("\"protocol\": 1", "\"protocol\": 0")))
                .hasStatus(400)
                .hasFieldError("/protocol", "upgrade the runner");
        assertThat(process.call("register", report.replace("\"concurrency\": 4", "\"concurrency\": 0")))
                .hasStatus(400)
                .hasFieldError("/concurrency", "");
        assertThat(process.call(
                        "register", report.replace("\"host\": \"h\"", "\"host\": \"" + "h".repeat(5000) + "\"")))
                .hasStatus(200);
        assertThat(client.get("/v1/runners/build").text("/processes/0/host").length())
                .isLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "heartbeat", "lease", "begin", "release", "events", "finish", "goodbye"})
    void refusesMessagesThatAreNone(String call) {
        for (String message :
                List.of("{}", "[]", "{", "null", "{\"instance\": 7, \"tokens\": \"x\", \"events\": {}}")) {
            assertThat(process.call(call, message)).as(message).hasStatus(400);
        }
    }
}
