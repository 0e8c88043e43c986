package ai.kubiya.server.runner;

import static ai.kubiya.server.runner.RunnerTools.awaitOutput;
import static ai.kubiya.server.runner.RunnerTools.counted;
import static ai.kubiya.server.runner.RunnerTools.counting;
import static ai.kubiya.server.runner.RunnerTools.events;
import static ai.kubiya.server.runner.RunnerTools.follow;
import static ai.kubiya.server.runner.RunnerTools.output;
import static ai.kubiya.server.runner.RunnerTools.start;
import static ai.kubiya.server.runner.RunnerTools.tool;
import static ai.kubiya.server.runner.RunnerTools.warnings;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.RunnerProcess;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.TcpProxy;
import ai.kubiya.server.testing.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remote runners and servers that die, hang, or cannot reach each other. */
class SilentRunnerTest {
    @TempDir
    Path folder;

    /** A server that gives up on a silent runner soon. */
    private static TestServer impatient() {
        return TestServer.builder().withSetting("KUBIYA_RUNNER_PATIENCE", "3").start();
    }

    private static String token(TestServer server) {
        return server.client().post("/v1/runners/build", "{}").text("/token");
    }

    /** Looks again and again; the test's own time limit is the limit. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(50);
        }
    }

    private static void awaitStatus(ApiClient client, String status) throws InterruptedException {
        await(() -> client.get("/v1/runners/build").text("/status").equals(status));
    }

    private static List<String> eventTypes(TestServer server) {
        return server.stored("SELECT type FROM event WHERE resource_type = 'runner' ORDER BY position");
    }

    @Test
    void losesTheRunsOfAKilledRunnerAndRunsWhatWaited() throws Exception {
        try (TestServer server = impatient()) {
            ApiClient client = server.client();
            tool(client, "long", "echo begun; sleep 600");
            tool(client, "short", "echo hello");
            String token = token(server);
            String running;
            String waiting;
            try (RunnerProcess runner = RunnerProcess.start(
                            server.url(), token, folder.resolve("s"), "--concurrency", "1")
                    .awaitUp()) {
                running = start(client, "long", "build");
                awaitOutput(client, running);
                waiting = start(client, "short", "build");
                runner.kill();
            }

            List<Event> events = events(client, running);

            assertThat(output(events)).isEqualTo("begun\n");
            assertThat(warnings(events)).contains("runner_silent");
            assertThat(events.getLast().field("status")).isEqualTo("lost");
            assertThat(client.get("/v1/executions/" + running)).has("/status", "lost");
            awaitStatus(client, "offline");
            assertThat(eventTypes(server)).containsExactly("runner.online", "runner.offline");
            assertThat(client.post("/v1/tools/short/executions?runner=build", "{}"))
                    .hasStatus(503);
            try (RunnerProcess _ = RunnerProcess.start(server.url(), token, folder.resolve("s"))
                    .awaitUp()) {
                assertThat(output(events(client, waiting))).isEqualTo("hello\n");
                assertThat(client.get("/v1/runners/build")).has("/status", "active");
            }
            assertThat(eventTypes(server)).startsWith("runner.online", "runner.offline", "runner.online");
        }
    }

    @Test
    void knowsAtOnceThatARestartedRunnerHasLostItsRuns() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient client = server.client();
            tool(client, "long", "echo begun; sleep 600");
            String token = token(server);
            String running;
            try (RunnerProcess runner = RunnerProcess.start(server.url(), token, folder.resolve("s"))
                    .awaitUp()) {
                running = start(client, "long", "build");
                awaitOutput(client, running);
                runner.kill();
            }
            assertThat(client.get("/v1/executions/" + running)).has("/status", "running");
            try (RunnerProcess _ = RunnerProcess.start(server.url(), token, folder.resolve("s"))
                    .awaitUp()) {
                assertThat(client.get("/v1/executions/" + running)).has("/status", "lost");
            }
        }
    }

    @Test
    void givesRunsThatWouldGoAnywhereToOthersWhenTheirRunnerIsSilent() throws Exception {
        try (TestServer server = impatient()) {
            ApiClient client = server.client();
            tool(client, "long", "echo begun; sleep 600");
            tool(client, "short", "echo hello");
            client.create("/v1/runners/other", "{}");
            String token =
                    client.post("/v1/runners/build", "{\"labels\": [\"gpu\"]}").text("/token");
            String other = client.post("/v1/runners/other", "{}").text("/token");
            client.put("/v1/runners/other", "{\"labels\": [\"gpu\"]}");
            String waiting;
            try (RunnerProcess runner = RunnerProcess.start(
                            server.url(), token, folder.resolve("a"), "--concurrency", "1")
                    .awaitUp()) {
                awaitOutput(client, start(client, "long", "auto:gpu"));
                waiting = start(client, "short", "auto:gpu");
                assertThat(client.get("/v1/executions/" + waiting)).has("/runner", "build");
                runner.kill();
            }
            try (RunnerProcess _ = RunnerProcess.start(server.url(), other, folder.resolve("b"))
                    .awaitUp()) {
                assertThat(output(events(client, waiting))).isEqualTo("hello\n");
                assertThat(client.get("/v1/executions/" + waiting))
                        .has("/runner", "other")
                        .has("/attempt", 1);
            }
        }
    }

    @Test
    void goesOnWhileTheServerIsAwayAndReportsEverythingOnceAndInOrder() throws Exception {
        try (TestServer server = TestServer.builder().start();
                TcpProxy network = TcpProxy.to(server.port())) {
            counting(server.client(), "count", 400, "0.01");
            String token = token(server);
            try (RunnerProcess _ = RunnerProcess.start(network.url(), token, folder.resolve("s"))
                    .awaitUp()) {
                server.stop();
                String run;
                List<Event> before = new ArrayList<>();
                try (ServerProcess process = ServerProcess.inPlaceOf(server)) {
                    network.leadTo(process.client().port());
                    awaitStatus(process.client(), "active");
                    run = start(process.client(), "count", "build");
                    try (EventReader reader = follow(process.client(), run)) {
                        before.add(reader.until(event -> event.name().equals("log")));
                        process.kill();
                    }
                }
                server.restart();
                network.leadTo(server.port());

                List<Event> events = events(server.client(), run);

                assertThat(output(events)).isEqualTo(counted(400));
                assertThat(events)
                        .extracting(event -> Integer.parseInt(event.id()))
                        .isEqualTo(
                                IntStream.rangeClosed(1, events.size()).boxed().toList());
                assertThat(events.getLast().field("status")).isEqualTo("completed");
                assertThat(server.client().get("/v1/executions/" + run)).has("/attempt", 1);
                assertThat(events).containsAll(before);
            }
        }
    }

    @Test
    void goesOnWhenTheNetworkWasCutForLessThanTheServersPatience() throws Exception {
        try (TestServer server = TestServer.builder().start();
                TcpProxy network = TcpProxy.to(server.port())) {
            ApiClient client = server.client();
            counting(client, "count", 500, "0.01");
            try (RunnerProcess _ = RunnerProcess.start(network.url(), token(server), folder.resolve("s"))
                    .awaitUp()) {
                String run = start(client, "count", "build");
                awaitOutput(client, run);
                network.cut();
                Thread.sleep(2000);
                network.mend();

                List<Event> events = events(client, run);

                assertThat(output(events)).isEqualTo(counted(500));
                assertThat(events.getLast().field("status")).isEqualTo("completed");
            }
        }
    }

    @Test
    void stopsARunThatTheServerGaveUpMeanwhile() throws Exception {
        try (TestServer server = impatient();
                TcpProxy network = TcpProxy.to(server.port())) {
            ApiClient client = server.client();
            Path volume = folder.resolve("s/volumes");
            client.create("/v1/tools", """
                    {"name": "tick", "description": "d", "type": "script",
                     "with_volumes": [{"name": "v", "path": "/v"}],
                     "content": "i=0; while true; do i=$((i+1)); echo $i > /v/ticks; echo $i; sleep 0.05; done"}
                    """);
            try (RunnerProcess runner = RunnerProcess.start(network.url(), token(server), folder.resolve("s"))
                    .awaitUp()) {
                String run = start(client, "tick", "build");
                awaitOutput(client, run);
                network.cut();
                assertThat(events(client, run).getLast().field("status")).isEqualTo("lost");

                network.mend();

                await(() -> runner.errors().contains("is lost; its run is stopped")
                        || runner.errors().contains("stopping " + run));
                await(() -> client.get("/v1/runners/build").at("/running").asInt() == 0
                        && client.get("/v1/runners/build").text("/status").equals("active"));
                assertThat(client.get("/v1/executions/" + run)).has("/status", "lost");
                assertThat(volume).isDirectory();
                tool(client, "short", "echo hello");
                assertThat(output(events(client, start(client, "short", "build"))))
                        .isEqualTo("hello\n");
            }
        }
    }

    @Test
    void survivesANetworkThatSwallowsEverything() throws Exception {
        try (TestServer server = TestServer.builder().start();
                TcpProxy network = TcpProxy.to(server.port())) {
            ApiClient client = server.client();
            counting(client, "count", 300, "0.01");
            try (RunnerProcess _ = RunnerProcess.start(network.url(), token(server), folder.resolve("s"))
                    .awaitUp()) {
                String run = start(client, "count", "build");
                awaitOutput(client, run);
                network.silence();
                Thread.sleep(1000);
                network.mend();

                assertThat(output(events(client, run))).isEqualTo(counted(300));
            }
        }
    }

    @Test
    void letsItsRunsEndWhenItIsTerminated() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient client = server.client();
            counting(client, "count", 60, "0.05");
            try (RunnerProcess runner = RunnerProcess.start(
                            server.url(), token(server), folder.resolve("s"), "--concurrency", "1")
                    .awaitUp()) {
                String run = start(client, "count", "build");
                String waiting = start(client, "count", "build");
                awaitOutput(client, run);

                runner.terminate();

                assertThat(runner.awaitEnd()).isZero();
                assertThat(output(events(client, run))).isEqualTo(counted(60));
                assertThat(client.get("/v1/executions/" + waiting))
                        .has("/status", "queued")
                        .has("/attempt", 0);
                assertThat(client.get("/v1/runners/build")).has("/status", "offline");
            }
            assertThat(eventTypes(server)).containsExactly("runner.online", "runner.offline");
            assertThat(server.stored("SELECT data->>'reason' FROM event WHERE type = 'runner.offline'"))
                    .containsExactly("stopped");
        }
    }

    @Test
    void stopsWhatDoesNotEndWithinTheGraceTime() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient client = server.client();
            tool(client, "long", "trap 'echo goodbye; exit 7' TERM; echo begun; sleep 600 & wait");
            try (RunnerProcess runner = RunnerProcess.start(
                            server.url(), token(server), folder.resolve("s"), "--grace", "1")
                    .awaitUp()) {
                String run = start(client, "long", "build");
                awaitOutput(client, run);

                runner.terminate();

                assertThat(runner.awaitEnd()).isZero();
                List<Event> events = events(client, run);
                assertThat(output(events)).isEqualTo("begun\ngoodbye\n");
                assertThat(events.getLast().field("message")).contains("the runner is stopping");
                assertThat(client.get("/v1/executions/" + run)).has("/status", "cancelled");
            }
        }
    }

    @Test
    void loseNothingAndDoNothingTwiceOnTwoRunnersAndTwoServers() throws Exception {
        try (TestServer server = TestServer.builder().start();
                TestServer second = server.replica()) {
            ApiClient client = server.client();
            ApiClient other = server.clientAt(second.port());
            tool(client, "one", "echo ran");
            try (RunnerProcess _ = RunnerProcess.start(
                                    server.url(),
                                    client.post("/v1/runners/a", "{}").text("/token"),
                                    folder.resolve("a"),
                                    "--concurrency",
                                    "4")
                            .awaitUp();
                    RunnerProcess _ = RunnerProcess.start(
                                    second.url(),
                                    client.post("/v1/runners/b", "{}").text("/token"),
                                    folder.resolve("b"),
                                    "--concurrency",
                                    "4")
                            .awaitUp()) {
                List<String> runs = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    runs.add(start(i % 2 == 0 ? client : other, "one", i % 4 < 2 ? "a" : "b"));
                }
                for (String run : runs) {
                    assertThat(output(events(client, run))).isEqualTo("ran\n");
                    assertThat(client.get("/v1/executions/" + run))
                            .has("/status", "completed")
                            .has("/attempt", 1);
                }
                Map<String, Long> where = runs.stream()
                        .collect(Collectors.groupingBy(
                                run -> client.get("/v1/executions/" + run).text("/runner"), Collectors.counting()));
                assertThat(where).isEqualTo(Map.of("a", 100L, "b", 100L));
            }
        }
    }

    @Test
    void saysClearlyWhyTheProgramCannotStart() throws Exception {
        try (TestServer server = TestServer.builder().start();
                RunnerProcess wrong = RunnerProcess.start(server.url(), "rt_wrong", folder.resolve("a"));
                RunnerProcess none = RunnerProcess.start(server.url(), "", folder.resolve("b"));
                RunnerProcess url = RunnerProcess.start("ftp://nowhere", "rt_x", folder.resolve("c"))) {
            assertThat(wrong.awaitEnd()).isEqualTo(3);
            assertThat(wrong.errors()).contains("refuses this runner", "this one is not known");
            assertThat(none.awaitEnd()).isEqualTo(2);
            assertThat(none.errors()).contains("give the runner's token");
            assertThat(url.awaitEnd()).isEqualTo(2);
            assertThat(url.errors()).contains("KUBIYA_URL must look like https://");
        }
    }

    @Test
    void waitsForAServerThatIsNotThereYet() throws Exception {
        try (TestServer server = TestServer.builder().start();
                TcpProxy network = TcpProxy.to(server.port())) {
            String token = token(server);
            network.cut();
            try (RunnerProcess runner = RunnerProcess.start(network.url(), token, folder.resolve("s"))) {
                await(() -> runner.errors().contains("cannot reach the server at " + URI.create(network.url())));
                network.mend();
                runner.awaitUp();
            }
        }
    }
}
