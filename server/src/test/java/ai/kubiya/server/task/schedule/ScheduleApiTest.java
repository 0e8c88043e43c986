package ai.kubiya.server.task.schedule;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.task.Tasks;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Tasks at a time. */
@ServerTest
class ScheduleApiTest {
    private static final String ECHO = "{\"tool_def\": {\"type\": \"script\", \"content\": \"echo hi\"}}";

    private static String schedule(ApiClient client, String when) {
        return client.create("/v1/schedules", "{\"name\": \"s\", %s, \"task\": %s}".formatted(when, ECHO));
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static List<JsonNode> tasks(ApiClient client, String status) {
        return client.get("/v1/tasks?status=" + status).rows();
    }

    private static void awaitCompleted(ApiClient client, int count) {
        await(() -> tasks(client, "completed").size() >= count);
    }

    /** Jumps to a moment by the server's clock. */
    private static void jump(SettableClock clock, Instant to) {
        clock.advance(Duration.between(clock.instant(), to));
    }

    private static Instant next(ApiClient client, String schedule) {
        return Instant.parse(client.get("/v1/schedules/" + schedule).text("/next_fire_at"));
    }

    @Test
    void firesAgainAndAgain() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            String schedule = schedule(client, "\"cron\": \"0 9 * * *\", \"time_zone\": \"Europe/Berlin\"");
            assertThat(tasks(client, "pending")).hasSize(1);

            for (int day = 1; day <= 3; day++) {
                Instant due = next(client, schedule);
                jump(clock, due);
                awaitCompleted(client, day);
                await(() -> next(client, schedule).isAfter(due));
            }

            assertThat(client.get("/v1/schedules/" + schedule)).has("/status", "active");
            assertThat(tasks(client, "completed")).hasSize(3).allSatisfy(task -> {
                assertThat(task.path("schedule_id").asText()).isEqualTo(schedule);
                assertThat(task.at("/result/output").asText()).isEqualTo("hi\n");
            });
            assertThat(tasks(client, "pending")).hasSize(1);
        }
    }

    @Test
    void followsTheClocksThroughBothChanges() {
        SettableClock clock = new SettableClock();
        jump(clock, Instant.parse("2027-03-13T12:00:00Z"));
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            String schedule = schedule(client, "\"cron\": \"30 2 * * *\", \"time_zone\": \"America/New_York\"");

            assertThat(firings(clock, client, schedule, 3))
                    .containsExactly(
                            "2027-03-14T07:00:00.000Z", "2027-03-15T06:30:00.000Z", "2027-03-16T06:30:00.000Z");
            jump(clock, Instant.parse("2027-11-06T12:00:00Z"));
            awaitCompleted(client, 4);
            assertThat(client.patch("/v1/schedules/" + schedule, "{\"cron\": \"30 1 * * *\"}"))
                    .hasStatus(200);
            assertThat(firings(clock, client, schedule, 2))
                    .containsExactly("2027-11-07T05:30:00.000Z", "2027-11-08T06:30:00.000Z");
        }
    }

    /** Goes from time to time of a schedule, and answers for when its tasks were that ran. */
    private static List<String> firings(SettableClock clock, ApiClient client, String schedule, int count) {
        int before = tasks(client, "completed").size();
        for (int i = 1; i <= count; i++) {
            Instant due = next(client, schedule);
            jump(clock, due);
            awaitCompleted(client, before + i);
            await(() -> next(client, schedule).isAfter(due));
        }
        return client.get("/v1/tasks?status=completed&limit=" + count)
                .column("scheduled_for")
                .reversed();
    }

    @Test
    void firesOnceAtATime() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            Instant at = clock.instant().plus(Duration.ofHours(1));
            Answer task = client.post("/v1/tasks", """
                    {"name": "later", "tool_def": {"content": "echo hi"}, "schedule": "%s"}
                    """.formatted(at));
            assertThat(task).hasStatus(201).has("/status", "pending").has("/attempt", 0);

            clock.advance(Duration.ofMinutes(61));

            assertThat(Tasks.over(client, task.id())).has("/status", "completed");
            assertThat(client.get("/v1/schedules/" + task.text("/schedule_id")))
                    .has("/status", "completed")
                    .hasNull("/next_fire_at");
        }
    }

    @Test
    void makesUpOnceForWhatWasMissed() {
        missed("fire_once", Map.of("completed", 1, "cancelled", 0));
    }

    @Test
    void skipsWhatWasMissedWhereThatIsWanted() {
        missed("skip", Map.of("completed", 0, "cancelled", 1));
    }

    private static void missed(String policy, Map<String, Integer> wanted) {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            String schedule = schedule(server.client(), "\"cron\": \"0 * * * *\", \"missed\": \"" + policy + "\"");
            server.stop();
            clock.advance(Duration.ofHours(5));
            server.restart();

            ApiClient client = server.client();
            await(() -> next(client, schedule).isAfter(clock.instant()));
            wanted.forEach((status, count) -> await(() -> tasks(client, status).size() == count));
            assertThat(tasks(client, "pending")).hasSize(1);
        }
    }

    @Test
    void firesEachTimeOnceOnManyServers() throws InterruptedException {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            String schedule = schedule(client, "\"cron\": \"*/5 * * * *\"");
            try (TestServer second = server.replica();
                    TestServer third = server.replica()) {
                assertThat(second.client().get("/v1/schedules/" + schedule)).hasStatus(200);
                for (int i = 1; i <= 6; i++) {
                    Instant due = next(client, schedule);
                    jump(clock, due);
                    awaitCompleted(third.client(), i);
                    await(() -> next(client, schedule).isAfter(due));
                }
            }
            assertThat(client.get("/v1/tasks?status=completed").column("scheduled_for"))
                    .hasSize(6)
                    .doesNotHaveDuplicates();
            assertThat(server.stored("SELECT count(*) FROM execution")).containsExactly("6");
        }
    }

    @Test
    void firesAfterAServerWasKilled() throws InterruptedException {
        try (TestServer server = TestServer.builder().start()) {
            String schedule;
            try (ServerProcess process = ServerProcess.beside(server, "second")) {
                server.stop();
                schedule = schedule(process.client(), "\"cron\": \"0 0 * * *\"");
                process.kill();
            }
            try (ServerProcess process = ServerProcess.beside(server, "third")) {
                process.advance(Duration.between(Instant.now(), next(process.client(), schedule)));
                awaitCompleted(process.client(), 1);
                process.stop();
            }
        }
    }

    @Test
    void pausesAndResumes() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            String schedule = schedule(client, "\"cron\": \"0 * * * *\"");

            assertThat(client.post("/v1/schedules/" + schedule + "/pause", "{}"))
                    .hasStatus(200)
                    .has("/status", "paused")
                    .hasNull("/next_fire_at");
            assertThat(tasks(client, "pending")).isEmpty();
            clock.advance(Duration.ofHours(3));
            assertThat(client.post("/v1/schedules/" + schedule + "/resume", "{}"))
                    .has("/status", "active");
            assertThat(next(client, schedule)).isAfter(clock.instant());
            jump(clock, next(client, schedule));
            awaitCompleted(client, 1);
            assertThat(client.get("/v1/tasks")).has("/pagination/total", 2);
        }
    }

    @Test
    void leavesOutATimeWhoseTaskWasCancelled() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            String schedule = schedule(client, "\"cron\": \"0 * * * *\"");
            String task = tasks(client, "pending").getFirst().path("id").asText();
            Instant due = next(client, schedule);

            assertThat(client.put("/v1/tasks/" + task + "/cancel", "")).hasStatus(200);
            jump(clock, due);
            await(() -> next(client, schedule).isAfter(due));
            jump(clock, next(client, schedule));
            awaitCompleted(client, 1);

            assertThat(client.get("/v1/tasks/" + task))
                    .has("/status", "cancelled")
                    .hasNull("/execution_id");
        }
    }

    @Test
    void stopsWithItsUser(TestServer shared) {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient admin = server.client();
            ApiClient bob =
                    server.colleague(admin, "bob@example.com", List.of(), ai.kubiya.server.access.Scope.TASKS_EXECUTE);
            String schedule = schedule(bob, "\"cron\": \"0 * * * *\"");
            assertThat(admin.patch("/v1/users/bob@example.com", "{\"status\": false}"))
                    .hasStatus(200);

            jump(clock, next(admin, schedule));

            await(() -> admin.get("/v1/schedules/" + schedule).text("/status").equals("paused"));
            assertThat(admin.get("/v1/executions")).has("/pagination/total", 0);
        }
    }

    @Test
    void isChangedListedAndDeleted(ApiClient client) {
        assertThat(client.get("/v1/schedules")).has("/pagination/total", 0);
        String first = schedule(client, "\"cron\": \"0 9 * * 1-5\"");
        String second = schedule(client, "\"at\": \"2999-01-01T09:00:00\", \"time_zone\": \"Europe/Berlin\"");

        assertThat(client.get("/v1/schedules/" + second)).has("/at", "2999-01-01T08:00:00.000Z");
        assertThat(client.get("/v1/schedules?limit=1&offset=1").column("id")).containsExactly(second);
        assertThat(client.patch("/v1/schedules/" + first, "{\"task\": {\"description\": \"d\"}, \"name\": \"n\"}"))
                .has("/name", "n")
                .has("/task/description", "d")
                .has("/cron", "0 9 * * 1-5");
        assertThat(client.patch("/v1/schedules/" + first, "{\"cron\": null, \"at\": \"2999-02-01T00:00:00Z\"}"))
                .hasNull("/cron")
                .has("/next_fire_at", "2999-02-01T00:00:00.000Z");
        assertThat(tasks(client, "pending")).hasSize(2);
        assertThat(client.delete("/v1/schedules/" + first)).hasStatus(200);
        assertThat(client.get("/v1/schedules/" + first)).hasStatus(404);
        assertThat(tasks(client, "pending")).hasSize(1);
    }

    @Test
    void refusesTimesThatCannotBe(ApiClient client) {
        assertThat(client.post("/v1/schedules", "{\"name\": \"s\", \"task\": %s}".formatted(ECHO)))
                .hasStatus(400)
                .hasFieldError("/cron", "is required, or at");
        assertThat(client.post(
                        "/v1/schedules", "{\"name\": \"s\", \"cron\": \"every day\", \"task\": %s}".formatted(ECHO)))
                .hasStatus(400)
                .hasFieldError("/cron", "five fields");
        assertThat(client.post(
                        "/v1/schedules", "{\"name\": \"s\", \"cron\": \"0 0 30 2 *\", \"task\": %s}".formatted(ECHO)))
                .hasStatus(400)
                .hasFieldError("/cron", "never happens");
        assertThat(client.post(
                        "/v1/schedules",
                        "{\"name\": \"s\", \"at\": \"2001-01-01T00:00:00Z\", \"task\": %s}".formatted(ECHO)))
                .hasStatus(400)
                .hasFieldError("/at", "is over");
        assertThat(client.post(
                        "/v1/schedules",
                        "{\"name\": \"s\", \"cron\": \"@daily\", \"time_zone\": \"Mars/Base\", \"task\": %s}"
                                .formatted(ECHO)))
                .hasStatus(400)
                .hasFieldError("/time_zone", "Europe/Berlin");
        assertThat(client.post(
                        "/v1/schedules", "{\"name\": \"s\", \"cron\": \"@daily\", \"task\": {\"tool\": \"none\"}}"))
                .hasStatus(400);
        assertThat(client.post(
                        "/api/v1/tasks",
                        "{\"tool_def\": {\"content\": \"x\"}, \"schedule\": {\"cron\": \"1\", \"at\": \"2\"}}"))
                .hasStatus(400)
                .hasFieldError("/schedule/cron", "together with at");
        assertThat(client.get("/v1/schedules")).has("/pagination/total", 0);
    }
}
