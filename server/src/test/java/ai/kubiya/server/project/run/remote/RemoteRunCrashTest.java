package ai.kubiya.server.project.run.remote;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.project.run.Runs;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.RunnerProcess;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.TcpProxy;
import ai.kubiya.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an apply on a remote runner when something dies in the middle of it. */
class RemoteRunCrashTest {
    private static final int ALL = 50;

    @TempDir
    Path folder;

    private static Runs on(ApiClient client) {
        Runs runs = Runs.of(client, "p", Slow.code(ALL));
        assertThat(client.patch(runs.path(), "{\"runner\": \"build\"}")).hasStatus(200);
        return runs;
    }

    private static String token(ApiClient client) {
        return client.post("/v1/runners/build", "{}").text("/token");
    }

    private RunnerProcess runner(String url, String token, String... flags) {
        return RunnerProcess.start(url, token, folder.resolve("s"), flags).awaitUp();
    }

    /** Folders of runs that the runner still has. */
    private List<Path> left() throws Exception {
        try (Stream<Path> all = Files.list(folder.resolve("s/terraform"))) {
            return all.toList();
        }
    }

    @Test
    void losesNothingWhenTheRunnerIsKilled() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient client = server.client();
            String token = token(client);
            Runs runs = on(client);
            String run;
            long seen;
            try (RunnerProcess runner = runner(server.url(), token)) {
                run = Slow.applying(runs, 15);
                seen = Slow.made(runs, run);
                runner.kill();
            }
            assertThat(runs.get(run)).has("/status", "applying");
            assertThat(left()).hasSize(1);

            try (RunnerProcess _ = runner(server.url(), token)) {
                assertThat(runs.settled(run)).has("/status", "failed").has("/error_code", "lost");
                while (!left().isEmpty()) {
                    Runs.pause();
                }
                Slow.assertWhole(runs, ALL, seen);
            }
        }
    }

    @Test
    void keepsWhatWasPushedWhenTheRunnerNeverComesBack() throws Exception {
        try (TestServer server =
                TestServer.builder().withSetting("KUBIYA_RUNNER_PATIENCE", "3").start()) {
            ApiClient client = server.client();
            String token = token(client);
            Runs runs = on(client);
            String run;
            try (RunnerProcess runner = runner(server.url(), token)) {
                run = Slow.applying(runs, 15);
                runner.kill();
            }

            assertThat(runs.settled(run)).has("/status", "failed").has("/error_code", "lost");

            // The state is at most about a second old. What was made since is made again.
            assertThat(runs.resources().size()).isPositive();
            client.patch(runs.path(), "{\"runner\": \"local\"}");
            Slow.assertWhole(runs, ALL, 1);
        }
    }

    @Test
    void goesOnWhenTheServerIsKilled() throws Exception {
        try (TestServer server = TestServer.builder().start();
                TcpProxy network = TcpProxy.to(server.port())) {
            ApiClient owner = server.client();
            String token = token(owner);
            Runs runs = on(owner);
            try (RunnerProcess _ = runner(network.url(), token)) {
                server.stop();
                String run;
                try (ServerProcess process = ServerProcess.inPlaceOf(server)) {
                    Runs there = new Runs(process.as(owner), runs.project());
                    network.leadTo(process.client().port());
                    run = Slow.applying(there, 15);
                    process.kill();
                }
                server.restart();
                network.leadTo(server.port());

                Runs after = new Runs(server.client(), runs.project());
                assertThat(after.settled(run)).has("/status", "applied");
                assertThat(Slow.made(after, run)).isEqualTo(ALL);
                assertThat(after.resources()).hasSize(ALL);
                assertThat(after.client().get(after.path() + "/state")).hasNull("/lock");
                assertThat(after.plan()).has("/status", "no_changes");
            }
        }
    }

    @Test
    void goesOnWhenTheNetworkIsCut() throws Exception {
        try (TestServer server = TestServer.builder().start();
                TcpProxy network = TcpProxy.to(server.port())) {
            ApiClient client = server.client();
            String token = token(client);
            Runs runs = on(client);
            try (RunnerProcess _ = runner(network.url(), token)) {
                String run = Slow.applying(runs, 15);
                network.cut();
                Thread.sleep(12_000);
                // By now Terraform has ended.
                assertThat(runs.get(run)).has("/status", "applying");
                network.mend();

                assertThat(runs.settled(run)).has("/status", "applied");
                assertThat(runs.resources()).hasSize(ALL);
                assertThat(runs.log(run)).contains("Apply complete! Resources: " + ALL + " added");
            }
        }
    }

    @Test
    void handsTheStateOverWhenTheLeaseIsLost() throws Exception {
        try (TestServer server = TestServer.builder()
                        .withSetting("KUBIYA_RUNNER_PATIENCE", "3")
                        .start();
                TcpProxy network = TcpProxy.to(server.port())) {
            ApiClient client = server.client();
            String token = token(client);
            Runs runs = on(client);
            try (RunnerProcess _ = runner(network.url(), token)) {
                String run = Slow.applying(runs, 15);
                network.cut();
                assertThat(runs.settled(run)).has("/status", "failed").has("/error_code", "lost");
                network.mend();
                while (!left().isEmpty()) {
                    Runs.pause();
                }

                assertThat(runs.client().get(runs.path() + "/state")).hasNull("/lock");
                int known = runs.resources().size();
                assertThat(known).isGreaterThanOrEqualTo(15);
                assertThat(runs.apply().text("/status")).isIn("applied", "no_changes");
                assertThat(runs.plan()).has("/status", "no_changes");
            }
        }
    }

    @Test
    void endsAnApplyWellWhenTheRunnerIsStopped() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient client = server.client();
            String token = token(client);
            Runs runs = on(client);
            String run;
            String waiting;
            long seen;
            try (RunnerProcess runner = runner(server.url(), token, "--grace", "0")) {
                run = Slow.applying(runs, 15);
                waiting = client.post(runs.path() + "/plan", "{}").id();
                seen = Slow.made(runs, run);
                runner.terminate();
                assertThat(runner.awaitEnd()).isZero();
            }

            assertThat(runs.settled(run)).has("/status", "failed").has("/error_code", "interrupted");
            assertThat(runs.log(run)).contains("Interrupt received");
            assertThat(left()).isEmpty();
            try (RunnerProcess _ = runner(server.url(), token)) {
                assertThat(runs.settled(waiting)).has("/status", "planned");
                Slow.assertWhole(runs, ALL, seen);
            }
        }
    }
}
