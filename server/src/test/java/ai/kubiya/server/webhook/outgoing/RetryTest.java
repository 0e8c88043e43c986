package ai.kubiya.server.webhook.outgoing;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ScriptedReceiver.Call;
import ai.kubiya.server.testing.ScriptedReceiver.Reply;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receivers that fail, for moments and for days. The clock jumps, so nobody waits. */
class RetryTest {
    private final SettableClock clock = new SettableClock();
    private TestServer server;
    private ApiClient client;

    @BeforeEach
    void start() {
        server = TestServer.builder()
                .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                .withClock(clock)
                .start();
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String agent(String name) {
        return client.create("/v1/agents", "{\"name\": \"%s\"}".formatted(name));
    }

    private static Predicate<JsonNode> attempts(int count) {
        return row -> row.path("attempts").asInt() >= count;
    }

    @Test
    void aReceiverThatFailsOnceGetsItAgain() {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().then(Reply.status(500));
            agent("helper");
            JsonNode failed = subscriber.delivery(attempts(1));
            assertThat(failed.path("status").asText()).isEqualTo("pending");
            assertThat(failed.path("error").asText()).isEqualTo("it answered 500");
            assertThat(failed.path("next_attempt_at").isNull()).isFalse();

            clock.advance(Duration.ofSeconds(10));
            JsonNode delivered = subscriber.delivery("success");

            assertThat(delivered.path("attempts").asInt()).isEqualTo(2);
            List<Call> calls = subscriber.receiver().calls();
            assertThat(calls).hasSize(2);
            assertThat(calls.get(1).headers().get("webhook-id"))
                    .isEqualTo(calls.get(0).headers().get("webhook-id"));
            assertThat(calls.get(1).body()).isEqualTo(calls.get(0).body());
            Answer one =
                    client.get("/v1/webhooks/deliveries/" + delivered.path("id").asText());
            assertThat(one.at("/history")).hasSize(2);
            assertThat(one.at("/history/0/status_code").asInt()).isEqualTo(500);
            assertThat(one.at("/history/1/status_code").asInt()).isEqualTo(200);
            assertThat(subscriber.webhook()).hasNull("/failing_since").has("/delivery_attempts", 2);
        }
    }

    @Test
    void aReceiverThatAsksToBeLeftAloneIs() {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().then(exchange -> {
                exchange.getResponseHeaders().set("Retry-After", "3600");
                Reply.status(429).to(exchange);
            });
            agent("helper");
            JsonNode failed = subscriber.delivery(attempts(1));

            Instant next = Instant.parse(failed.path("next_attempt_at").asText());

            assertThat(next).isAfter(clock.instant().plus(Duration.ofMinutes(50)));
        }
    }

    @Test
    void aReceiverThatWasDownForTenMinutesGetsAllAndOthersAreNotHeldUp() {
        try (Subscriber down = Subscriber.to(client, "[\"teammate.created\"]");
                Subscriber up = Subscriber.to(client, "[\"teammate.created\"]")) {
            down.receiver().goDown();
            for (int i = 0; i < 20; i++) {
                agent("agent-" + i);
            }
            up.receiver().await(20);
            Answer failing = Eventually.see(
                    down::webhook, answer -> !answer.at("/paused_until").isNull());
            assertThat(failing.at("/failing_since").isNull()).isFalse();
            for (int minute = 0; minute < 10; minute++) {
                clock.advance(Duration.ofMinutes(1));
                agent("later-" + minute);
            }
            up.receiver().await(30);

            down.receiver().comeBack();
            clock.advance(Duration.ofMinutes(6));
            // What failed last waits longest: some minutes more, one by one.
            List<Call> calls = awaitAll(down, 30);

            assertThat(calls.stream()
                            .map(call -> Subscriber.json(call).at("/data/name").asText()))
                    .hasSizeGreaterThanOrEqualTo(30);
            assertThat(names(calls)).hasSize(30);
            assertThat(Eventually.see(
                            down::webhook, answer -> answer.at("/failing_since").isNull()))
                    .has("/failed_deliveries", 0)
                    .hasNull("/paused_until");
        }
    }

    @Test
    void aReceiverThatFailsEveryDeliveryOnceGetsAllOfThem() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber
                    .receiver()
                    .otherwise(exchange -> Reply.status(
                                    seen.add(exchange.getRequestHeaders().getFirst("webhook-id")) ? 500 : 200)
                            .to(exchange));
            for (int i = 0; i < 30; i++) {
                agent("agent-" + i);
            }

            int tried = Eventually.see(
                            subscriber::webhook,
                            answer -> !answer.at("/paused_until").isNull()
                                    && answer.at("/delivery_attempts").asInt() == calls(subscriber))
                    .at("/delivery_attempts")
                    .asInt();
            assertThat(tried).isLessThan(30);

            // Is it well again? It is asked with what it has refused, not with what it would refuse, after the shortest
            // of
            // pauses: that several calls were under way when it failed does not make it longer.
            clock.advance(Duration.ofSeconds(18));
            List<Call> calls = subscriber.receiver().await(tried + 1);
            assertThat(calls.subList(0, tried))
                    .extracting(call -> call.headers().get("webhook-id"))
                    .contains(calls.get(tried).headers().get("webhook-id"));

            Eventually.see(
                    () -> {
                        clock.advance(Duration.ofSeconds(20));
                        return subscriber.webhook();
                    },
                    answer -> answer.at("/successful_deliveries").asInt() == 30);
            assertThat(seen).hasSize(30);
        }
    }

    private static int calls(Subscriber subscriber) {
        return subscriber.receiver().calls().size();
    }

    private static Set<String> names(List<Call> calls) {
        return calls.stream()
                .map(call -> Subscriber.json(call).at("/data/name").asText())
                .collect(Collectors.toSet());
    }

    private List<Call> awaitAll(Subscriber subscriber, int count) {
        return Eventually.see(
                () -> {
                    clock.advance(Duration.ofSeconds(20));
                    return subscriber.receiver().calls();
                },
                calls -> names(calls).size() == count);
    }

    @Test
    void aDeliveryIsGivenUpAfterAboutADay() {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().otherwise(Reply.status(500));
            agent("helper");

            JsonNode given = failUntilGivenUp(subscriber);

            assertThat(given.path("attempts").asInt()).isEqualTo(12);
            assertThat(given.path("next_attempt_at").isNull()).isTrue();
            assertThat(subscriber.webhook())
                    .has("/failed_deliveries", 1)
                    .has("/successful_deliveries", 0)
                    .has("/status", "active");
            subscriber.receiver().otherwise(Reply.status(200));
            assertThat(client.post("/v1/webhooks/deliveries/" + given.path("id").asText() + "/redeliver", ""))
                    .hasStatus(202);
            clock.advance(Duration.ofMinutes(10));
            subscriber.delivery("success");
        }
    }

    /** Lets time pass from attempt to attempt of the first delivery. */
    private JsonNode failUntilGivenUp(Subscriber subscriber) {
        for (int attempt = 1; attempt < 12; attempt++) {
            Instant next = time(subscriber.oldestDelivery(attempts(attempt)), "/next_attempt_at");
            Instant pause = time(subscriber.webhook().json(), "/paused_until");
            Instant wanted = next.isAfter(pause) ? next : pause;
            clock.advance(Duration.between(clock.instant(), wanted).plusSeconds(1));
        }
        return subscriber.oldestDelivery(row -> row.path("status").asText().equals("failed"));
    }

    private static Instant time(JsonNode json, String pointer) {
        return json.at(pointer).isTextual() ? Instant.parse(json.at(pointer).asText()) : Instant.EPOCH;
    }

    @Test
    void aWebhookThatFailsForDaysIsDisabled() {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.created\"]")) {
            subscriber.receiver().otherwise(Reply.status(500));
            agent("helper");
            subscriber.delivery(attempts(1));

            Answer disabled = Eventually.see(
                    () -> {
                        clock.advance(Duration.ofHours(3));
                        agent("agent");
                        return subscriber.webhook();
                    },
                    answer -> answer.text("/status").equals("disabled"));

            assertThat(disabled.text("/status_reason")).contains("for days").contains("it answered 500");
            Answer trail = client.get("/api/v1/auditing/items?filter=%7B%22action_type%22%3A%22disable%22%7D");
            assertThat(trail.rows()).hasSize(1);
            assertThat(trail.rows().getFirst().at("/resource_text").asText()).isEqualTo("http://127.0.0.1");
            int calls = subscriber.receiver().calls().size();
            subscriber.receiver().otherwise(Reply.status(200));
            client.patch("/v1/webhooks/" + subscriber.id(), "{\"status\": \"active\"}");
            agent("after");
            subscriber.receiver().await(all -> names(all).contains("after"), "the agent made last");
            assertThat(subscriber.receiver().calls().size()).isGreaterThan(calls);
            assertThat(subscriber.webhook()).has("/status", "active").has("/status_reason", "");
        }
    }

    @Test
    void orderedEventsWaitForTheOneBeforeAboutTheSameResource() {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.*\"]", ", \"ordered\": true")) {
            subscriber.receiver().then(Reply.status(500));
            String first = agent("first");
            subscriber.delivery(attempts(1));
            client.patch("/v1/agents/" + first, "{\"description\": \"1\"}");
            client.patch("/v1/agents/" + first, "{\"description\": \"2\"}");
            client.delete("/v1/agents/" + first);
            agent("second");

            // The other agent's goes by.
            subscriber.receiver().await(all -> names(all).contains("second"), "the second agent");
            assertThat(subscriber.receiver().calls()).hasSize(2);
            clock.advance(Duration.ofSeconds(10));
            List<Call> calls = subscriber.receiver().await(6);

            assertThat(calls.stream()
                            .map(Subscriber::json)
                            .filter(event -> event.at("/data/id").asText().equals(first))
                            .map(event -> event.path("type").asText()
                                    + event.at("/data/description").asText()))
                    .containsExactly(
                            "teammate.created",
                            "teammate.created",
                            "teammate.updated1",
                            "teammate.updated2",
                            "teammate.deleted2");
        }
    }

    @Test
    void orderedEventsGoOnWhenOneIsGivenUp() {
        try (Subscriber subscriber = Subscriber.to(client, "[\"teammate.*\"]", ", \"ordered\": true")) {
            subscriber.receiver().otherwise(Reply.status(500));
            String id = agent("first");
            client.patch("/v1/agents/" + id, "{\"description\": \"1\"}");
            JsonNode waiting =
                    subscriber.delivery(row -> row.path("event").asText().equals("teammate.updated"));
            assertThat(waiting.path("next_attempt_at").isNull()).isTrue();
            failUntilGivenUp(subscriber);
            subscriber.delivery(row -> !row.path("next_attempt_at").isNull());
            subscriber.receiver().otherwise(Reply.status(200));
            clock.advance(Duration.ofMinutes(10));
            subscriber.delivery("success");

            assertThat(Subscriber.json(subscriber.receiver().calls().getLast())
                            .path("type")
                            .asText())
                    .isEqualTo("teammate.updated");
        }
    }
}
