package ai.kubiya.server.execution;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was accepted before a server went down, and what its users hear when it is back. */
@ServerTest
class RestartTest {

    private static void tool(ApiClient client, String name, String content) {
        client.create("/v1/tools", """
                {"name": "%s", "description": "d", "type": "script", "content": "%s"}
                """.formatted(name, content));
    }

    private static List<Event> follow(ApiClient client, String execution) {
        try (EventReader reader = client.stream("/v1/executions/" + execution + "/logs?follow=true")) {
            return reader.rest();
        }
    }

    @Test
    void reportsRunsOfAKilledServerAsLostAndRunsWhatWaited() throws InterruptedException {
        try (TestServer server =
                TestServer.builder().withSetting("KUBIYA_CONCURRENCY", "1").start()) {
            tool(server.client(), "long", "echo begun; sleep 60");
            tool(server.client(), "short", "echo hello");
            server.stop();
            String running;
            String waiting;
            try (ServerProcess process = ServerProcess.inPlaceOf(server)) {
                running = process.client().post("/v1/tools/long/executions", "").id();
                try (EventReader reader = process.client().stream("/v1/executions/" + running + "/logs?follow=true")) {
                    reader.until(event -> event.name().equals("log"));
                    waiting = process.client()
                            .post("/v1/tools/short/executions", "")
                            .id();
                    process.kill();
                }
            }
            server.restart();

            ApiClient client = server.client();
            assertThat(client.get("/v1/executions/" + running))
                    .has("/status", "lost")
                    .has("/error_code", "lost")
                    .hasNull("/exit_code");
            List<Event> events = follow(client, running);
            assertThat(events.toString()).contains("begun");
            assertThat(events.getLast().field("status")).isEqualTo("lost");
            assertThat(follow(client, waiting).toString()).contains("hello", "completed");
            String next = client.post("/v1/tools/short/executions", "").id();
            assertThat(follow(client, next).getLast().field("status")).isEqualTo("completed");
        }
    }

    @Test
    void endsRunsInsteadOfLosingThemWhenItIsStopped() {
        try (TestServer server = TestServer.builder().start()) {
            tool(server.client(), "long", "echo begun; sleep 60");
            String running =
                    server.client().post("/v1/tools/long/executions", "").id();
            try (EventReader reader = server.client().stream("/v1/executions/" + running + "/logs?follow=true")) {
                reader.until(event -> event.name().equals("log"));
            }

            server.restart();

            Answer after = server.client().get("/v1/executions/" + running);
            assertThat(after.text("/status")).isIn("cancelled", "failed", "lost");
            assertThat(follow(server.client(), running).getLast().name()).isEqualTo("result");
        }
    }

    @Test
    void failsASyncThatTheServerDidNotSurvive(GitServer git) throws InterruptedException {
        GitRepository repository = git.newRepository().withTool("t.json", "deploy", "echo");
        repository.commit();
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                .start()) {
            String source = server.client().create("/v1/sources", "{\"url\": \"%s\"}".formatted(repository.url()));
            server.stop();
            Gate gate = new Gate();
            git.hold(repository, gate);
            try (ServerProcess process = ServerProcess.inPlaceOf(server)) {
                Thread.ofVirtual().start(() -> syncUntilKilled(process, source));
                gate.awaitReached();
                process.kill();
            }
            gate.open();
            server.restart();

            assertThat(server.client().get("/v1/sources/" + source))
                    .has("/status", "failed")
                    .has("/errors/0/type", "SyncInterrupted")
                    .has("/connected_tools_count", 1);
            assertThat(server.client().post("/v1/sources/" + source + "/sync", ""))
                    .hasStatus(200)
                    .has("/status", "active");
        }
    }

    private static void syncUntilKilled(ServerProcess process, String source) {
        try {
            process.client().post("/v1/sources/" + source + "/sync", "");
        } catch (java.io.UncheckedIOException e) {
            // The server is killed before it answers.
        }
    }

    @Test
    void keepsKeysAndRowsOverARestart() {
        try (TestServer server = TestServer.builder().start()) {
            String agent = server.client().create("/v1/agents", "{\"name\": \"deployer\"}");

            server.restart();

            assertThat(server.client().get("/v1/agents/deployer"))
                    .hasStatus(200)
                    .has("/id", agent);
        }
    }

    @Test
    void refusesASecondServerOnOneDataDirectory() {
        try (TestServer server = TestServer.builder().start()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> TestServer.builder()
                            .withSetting(
                                    "KUBIYA_DATA",
                                    server.folder().resolve("data").toString())
                            .start())
                    .hasMessageContaining("another server uses the data directory")
                    .hasMessageContaining("KUBIYA_DATA");
        }
    }

    @Test
    void doesNotRepeatARequestThatACrashInterrupted() throws Exception {
        try (TestServer server = TestServer.builder()
                        .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                        .start();
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String body = "{\"url\": \"http://127.0.0.1:%d/a.git\"}".formatted(silent.getLocalPort());
            server.stop();
            try (ServerProcess process = ServerProcess.inPlaceOf(server)) {
                ApiClient once = process.client().withHeader("Idempotency-Key", "k1");
                Thread request = Thread.startVirtualThread(() -> {
                    try {
                        once.post("/v1/sources", body);
                    } catch (UncheckedIOException e) {
                        // the server is killed meanwhile
                    }
                });
                // The server has asked the git host: the request is being worked on.
                try (Socket _ = silent.accept()) {
                    assertThat(once.post("/v1/sources", body)).hasStatus(409).saysWhy("still being answered");
                    process.kill();
                }
                request.join();
            }
            server.restart();

            ApiClient once = server.client().withHeader("Idempotency-Key", "k1");
            assertThat(once.post("/v1/sources", body)).hasStatus(409).saysWhy("stopped while", "use a new key");
        }
    }
}
