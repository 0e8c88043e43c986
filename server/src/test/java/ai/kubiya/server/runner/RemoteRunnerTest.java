package ai.kubiya.server.runner;

import static ai.kubiya.server.runner.RunnerTools.awaitOutput;
import static ai.kubiya.server.runner.RunnerTools.events;
import static ai.kubiya.server.runner.RunnerTools.output;
import static ai.kubiya.server.runner.RunnerTools.start;
import static ai.kubiya.server.runner.RunnerTools.tool;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.runner.remote.RunnerProgram.Exit;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remote runner at work, as those see it who use it. */
@ServerTest
class RemoteRunnerTest {
    @TempDir
    Path folder;

    private RemoteRunner runner(TestServer server, ApiClient client, String name, String... flags) {
        return RemoteRunner.create(client, server.url(), name, folder.resolve(name), flags);
    }

    @Test
    void runsToolsAndStreamsWhatTheyPrint(TestServer server, ApiClient client) {
        tool(client, "hello", "echo hello; echo oops >&2; exit 3");
        try (RemoteRunner _ = runner(server, client, "build", "--labels", "gpu,region=eu", "--concurrency", "2")) {
            Answer seen = client.get("/v1/runners/build");
            assertThat(seen)
                    .has("/status", "active")
                    .has("/capacity", 2)
                    .has("/effective_labels", List.of("gpu", "region=eu"))
                    .has("/labels", List.of())
                    .has("/health/status", "healthy")
                    .has("/health/version", "test")
                    .has("/health/components/tool_manager/metadata/executors", "sandbox")
                    .has("/runner_health/health", "true")
                    .has("/processes/0/concurrency", 2);
            assertThat(client.get("/v1/runners/build/tokens")
                            .at("/data/0/last_used_at")
                            .isTextual())
                    .isTrue();

            String run = start(client, "hello", "build");
            List<Event> events = events(client, run);

            assertThat(output(events)).contains("hello\n", "oops\n");
            assertThat(events.getFirst().field("status")).isEqualTo("running");
            assertThat(events.getLast().field("status")).isEqualTo("failed");
            assertThat(client.get("/v1/executions/" + run))
                    .has("/runner", "build")
                    .has("/status", "failed")
                    .has("/exit_code", 3)
                    .has("/attempt", 1);
        }
        assertThat(client.get("/v1/runners/build")).has("/status", "offline").has("/processes", List.of());
    }

    @Test
    void stopsACancelledRunWithoutWaitingForItsNextHeartbeat(TestServer server, ApiClient client) {
        tool(client, "long", "trap 'echo told to end; exit 0' TERM; echo begun; sleep 600 & wait");
        try (RemoteRunner _ = runner(server, client, "build")) {
            String run = start(client, "long", "build");
            awaitOutput(client, run);

            client.post("/v1/executions/" + run + "/cancel", "");

            List<Event> events = events(client, run);
            assertThat(output(events)).isEqualTo("begun\ntold to end\n");
            assertThat(events.getLast().field("status")).isEqualTo("cancelled");
        }
    }

    @Test
    void givesSecretsToTheRunAloneAndMasksThem(TestServer server, ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"PASSWORD\", \"value\": \"correct-horse-battery\"}");
        client.create("/v1/tools", """
                {"name": "tell", "description": "d", "type": "script", "secrets": ["PASSWORD"],
                 "content": "echo is $PASSWORD; echo length ${#PASSWORD}"}
                """);
        try (RemoteRunner _ = runner(server, client, "build")) {
            List<Event> events = events(client, start(client, "tell", "build"));

            assertThat(output(events)).isEqualTo("is ***\nlength 21\n");
        }
    }

    @Test
    void picksAHealthyRunnerWithTheLabelsThatAreAskedFor(TestServer server, ApiClient client) {
        tool(client, "where", "echo here");
        try (RemoteRunner _ = runner(server, client, "plain");
                RemoteRunner _ = runner(server, client, "fast", "--labels", "gpu,region=eu")) {
            for (int i = 0; i < 4; i++) {
                String run = start(client, "where", "auto:gpu,region=eu");
                assertThat(client.get("/v1/executions/" + run)).has("/runner", "fast");
                events(client, run);
            }
            client.put("/v1/runners/plain", "{\"labels\": [\"linux\"]}");
            assertThat(client.get("/v1/executions/" + start(client, "where", "auto:linux")))
                    .has("/runner", "plain");
            assertThat(client.post("/v1/tools/where/executions?runner=auto:mars", "{}"))
                    .hasStatus(503)
                    .hasErrorCode("UNAVAILABLE")
                    .saysWhy("mars");
        }
    }

    @Test
    void spreadsRunsOverAllRunners(TestServer server, ApiClient client) {
        tool(client, "wait", "sleep 600");
        try (RemoteRunner _ = runner(server, client, "large", "--concurrency", "8");
                RemoteRunner _ = runner(server, client, "small", "--concurrency", "4")) {
            List<String> runs = IntStream.range(0, 14)
                    .mapToObj(_ -> start(client, "wait", "auto"))
                    .toList();
            List<String> where = runs.stream()
                    .map(run -> client.get("/v1/executions/" + run).text("/runner"))
                    .toList();

            // 28 places in all, 14 runs: every runner is half full.
            assertThat(where).filteredOn("large"::equals).hasSize(4);
            assertThat(where).filteredOn("small"::equals).hasSize(2);
            assertThat(where).filteredOn("local"::equals).hasSize(8);
            runs.forEach(run -> client.post("/v1/executions/" + run + "/cancel", ""));
            runs.forEach(run -> events(client, run));
        }
    }

    @Test
    void getsNoWorkWhileItDrains(TestServer server, ApiClient client) {
        tool(client, "hello", "echo hello");
        try (RemoteRunner _ = runner(server, client, "build")) {
            client.post("/v1/runners/build/ops", "{\"operation\": \"drain\"}");

            assertThat(client.get("/v1/runners/build")).has("/status", "draining");
            assertThat(client.post("/v1/tools/hello/executions?runner=build", "{}"))
                    .hasStatus(503)
                    .saysWhy("takes no new work", "resume");
            assertThat(client.get("/v1/executions/" + start(client, "hello", "auto")))
                    .has("/runner", "local");

            client.post("/v1/runners/build/ops", "{\"operation\": \"resume\"}");
            assertThat(output(events(client, start(client, "hello", "build")))).isEqualTo("hello\n");
        }
    }

    @Test
    void startsAnewWhenItIsToldTo(TestServer server, ApiClient client) throws InterruptedException {
        counting(client);
        String token = client.post("/v1/runners/build", "{}").text("/token");
        try (RemoteRunner first =
                RemoteRunner.start(server.url(), token, folder.resolve("s")).awaitUp()) {
            String run = start(client, "count", "build");
            awaitOutput(client, run);

            client.post("/v1/runners/build/ops", "{\"operation\": \"restart\"}");

            assertThat(first.awaitEnd()).isEqualTo(Exit.START_AGAIN);
            assertThat(client.get("/v1/executions/" + run)).has("/status", "completed");
        }
        try (RemoteRunner _ =
                RemoteRunner.start(server.url(), token, folder.resolve("s")).awaitUp()) {
            assertThat(output(events(client, start(client, "count", "build")))).isEqualTo(RunnerTools.counted(20));
        }
    }

    private static void counting(ApiClient client) {
        RunnerTools.counting(client, "count", 20, "0.05");
    }

    @Test
    void endsWhenItsTokenIsRevoked(TestServer server, ApiClient client) throws InterruptedException {
        tool(client, "long", "echo begun; sleep 600");
        try (RemoteRunner runner = runner(server, client, "build")) {
            String run = start(client, "long", "build");
            awaitOutput(client, run);

            client.post("/v1/runners/build/ops", "{\"operation\": \"rotate-token\"}");

            var failure = runner.awaitFailure();
            assertThat(failure.exit()).isEqualTo(Exit.TOKEN_REFUSED);
            assertThat(failure).hasMessageContaining("rotate-token");
            assertThat(client.get("/v1/executions/" + run)).has("/status", "running");
        }
    }

    @Test
    void takesTheNewTokenFromItsFile(TestServer server, ApiClient client) throws Exception {
        tool(client, "hello", "echo hello");
        Path file = folder.resolve("token");
        Files.writeString(file, client.post("/v1/runners/build", "{}").text("/token") + "\n");
        try (RemoteRunner _ = RemoteRunner.start(server.url(), "", folder.resolve("s"), "--token-file", file.toString())
                .awaitUp()) {
            Answer rotated = client.post(
                    "/v1/runners/build/ops",
                    "{\"operation\": \"rotate-token\", \"parameters\": {\"grace_seconds\": 600}}");
            Files.writeString(file, rotated.text("/token"));
            String old = client.get("/v1/runners/build/tokens").text("/data/0/id");
            client.delete("/v1/runners/build/tokens/" + old);

            assertThat(output(events(client, start(client, "hello", "build")))).isEqualTo("hello\n");
        }
    }

    @Test
    void saysClearlyWhyItCannotStart(TestServer server, ApiClient client) throws Exception {
        String token = client.post("/v1/runners/build", "{}").text("/token");
        try (RemoteRunner wrong = RemoteRunner.start(server.url(), token.replace("rt_", "rt_x"), folder.resolve("a"));
                RemoteRunner other = RemoteRunner.start(server.url(), token, folder.resolve("b"), "--name", "other");
                RemoteRunner key = RemoteRunner.start(server.url(), client.key(), folder.resolve("c"))) {
            assertThat(wrong.awaitFailure().exit()).isEqualTo(Exit.TOKEN_REFUSED);
            assertThat(wrong.awaitFailure()).hasMessageContaining("this one is not known");
            assertThat(other.awaitFailure().exit()).isEqualTo(Exit.TOKEN_REFUSED);
            assertThat(other.awaitFailure()).hasMessageContaining("of the runner \"build\" and not of \"other\"");
            assertThat(key.awaitFailure().exit()).isEqualTo(Exit.TOKEN_REFUSED);
        }
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            byte[] page = "<html>welcome</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        stranger.start();
        try (RemoteRunner lost =
                RemoteRunner.start("http://127.0.0.1:" + stranger.getAddress().getPort(), token, folder.resolve("d"))) {
            assertThat(lost.awaitFailure().exit()).isEqualTo(Exit.NOT_UNDERSTOOD);
            assertThat(lost.awaitFailure()).hasMessageContaining("is no kubiya server");
        } finally {
            stranger.stop(0);
        }
    }

    @Test
    void letsNoSecondProcessHaveItsState(TestServer server, ApiClient client) throws InterruptedException {
        try (RemoteRunner _ = runner(server, client, "build");
                RemoteRunner second = RemoteRunner.start(
                        server.url(), client.post("/v1/runners/other", "{}").text("/token"), folder.resolve("build"))) {
            assertThat(second.awaitFailure().exit()).isEqualTo(Exit.REPLACED);
            assertThat(second.awaitFailure()).hasMessageContaining("another runner uses the state directory");
        }
    }

    @Test
    void cancelsWhatARunnerHasWhenItIsDeletedByForce(TestServer server, ApiClient client) throws InterruptedException {
        tool(client, "long", "echo begun; sleep 600");
        try (RemoteRunner runner = runner(server, client, "build")) {
            String run = start(client, "long", "build");
            awaitOutput(client, run);
            assertThat(client.delete("/v1/runners/build")).hasStatus(409).saysWhy("has 1 runs to do");

            assertThat(client.delete("/v1/runners/build?force=true")).hasStatus(200);

            assertThat(client.get("/v1/executions/" + run))
                    .has("/status", "cancelled")
                    .has("/error_code", "runner_deleted");
            assertThat(runner.awaitFailure().exit()).isEqualTo(Exit.TOKEN_REFUSED);
        }
    }

    @Test
    void keepsRunnersOfOneNameInTwoOrganisationsApart(TestServer server, ApiClient client) {
        ApiClient other = server.newOrganization();
        tool(client, "where", "echo ours");
        tool(other, "where", "echo theirs");
        try (RemoteRunner _ = RemoteRunner.create(client, server.url(), "same", folder.resolve("ours"));
                RemoteRunner _ = RemoteRunner.create(other, server.url(), "same", folder.resolve("theirs"))) {
            String ours = start(client, "where", "same");
            String theirs = start(other, "where", "same");

            assertThat(output(events(client, ours))).isEqualTo("ours\n");
            assertThat(output(events(other, theirs))).isEqualTo("theirs\n");
        }
    }
}
