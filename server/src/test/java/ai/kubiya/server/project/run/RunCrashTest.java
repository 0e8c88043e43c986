package ai.kubiya.server.project.run;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What becomes of an apply whose server, or whose Terraform, is killed in the middle of it. */
class RunCrashTest {
    private static final int ALL = 50;
    private static final String SLOW = """
            resource "terraform_data" "slow" {
              count = %d
              provisioner "local-exec" { command = "sleep 1.5" }
            }
            """.formatted(ALL);

    private static final Pattern MADE = Pattern.compile("Creation complete");

    private static long made(Runs runs, String run) {
        return MADE.matcher(runs.log(run)).results().count();
    }

    private static String applying(Runs runs) {
        String id = runs.client()
                .post(runs.path() + "/apply", "{\"auto_approve\": true}")
                .id();
        while (made(runs, id) < 15) {
            assertThat(runs.get(id).text("/status")).isNotEqualTo("failed");
            Runs.pause();
        }
        return id;
    }

    private static List<ProcessHandle> terraform() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/terraform"))
                .toList();
    }

    /** What was made is known, nothing is locked, and the next plan and apply bring the rest. */
    private static void assertWhole(Runs runs, long seen) {
        int known = runs.resources().size();
        assertThat(known).isBetween((int) seen, ALL - 1);
        assertThat(runs.client().get(runs.path() + "/state")).hasNull("/lock");
        Answer next = runs.plan();
        assertThat(next).has("/status", "planned");
        // What was being made when Terraform was killed is tainted, and made anew.
        int tainted = next.at("/counts/destroy").asInt();
        assertThat(next.at("/counts/add").asInt()).isEqualTo(ALL - known + tainted);
        assertThat(runs.approve(next.id())).has("/status", "applied");
        assertThat(runs.resources()).hasSize(ALL);
        assertThat(runs.plan()).has("/status", "no_changes");
    }

    @Test
    void losesNothingWhenTheServerIsKilled() throws InterruptedException {
        try (TestServer server = TestServer.builder().start()) {
            ApiClient owner = server.client();
            Runs runs = Runs.of(owner, "p", SLOW);
            server.stop();
            String id;
            long seen;
            try (ServerProcess process = ServerProcess.inPlaceOf(server)) {
                Runs there = new Runs(process.as(owner), runs.project());
                id = applying(there);
                seen = made(there, id);
                process.kill();
            }

            server.restart();

            Runs after = new Runs(server.client(), runs.project());
            assertThat(after.settled(id)).has("/status", "failed").has("/error_code", "lost");
            assertWhole(after, seen);
            assertThat(server.stored(
                            "SELECT count(*)::text FROM execution WHERE status IN ('queued', 'leased', 'running')"))
                    .containsExactly("0");
        }
    }

    @Test
    void losesNothingWhenTerraformIsKilled() {
        // Other tests' servers in this process may have some at work.
        List<ProcessHandle> others = terraform();
        try (TestServer server = TestServer.builder().start()) {
            Runs runs = Runs.of(server.client(), "p", SLOW);
            String id = applying(runs);
            long seen = made(runs, id);

            List<ProcessHandle> terraform = new ArrayList<>(terraform());
            terraform.removeAll(others);
            assertThat(terraform).hasSize(1);
            terraform.forEach(ProcessHandle::destroyForcibly);

            assertThat(runs.settled(id)).has("/status", "failed").has("/error_code", "apply_failed");
            assertWhole(runs, seen);
        }
    }

    @Test
    void endsAnApplyWellWhenTheServerIsStopped() {
        try (TestServer server = TestServer.builder().start()) {
            Runs runs = Runs.of(server.client(), "p", SLOW);
            String id = applying(runs);
            String waiting = runs.client().post(runs.path() + "/plan", "{}").id();
            long seen = made(runs, id);

            server.restart();

            Runs after = new Runs(server.client(), runs.project());
            assertThat(after.settled(id)).has("/status", "failed").has("/error_code", "interrupted");
            assertThat(after.log(id)).contains("Interrupt received");
            assertThat(after.settled(waiting)).has("/status", "planned");
            assertWhole(after, seen);
        }
    }

    @Test
    void goesOnAtAnotherServerWhenOneIsKilled() throws InterruptedException {
        try (TestServer server = TestServer.builder().start();
                TestServer other = server.replica()) {
            ApiClient owner = server.client();
            Runs runs = Runs.of(owner, "p", SLOW);
            // Takes the work: the two others are stopped while it begins.
            server.stop();
            other.stop();
            String id;
            try (ServerProcess process = ServerProcess.inPlaceOf(server)) {
                Runs there = new Runs(process.as(owner), runs.project());
                id = applying(there);
                other.restart();
                process.kill();
            }

            Runs after = new Runs(server.clientAt(other.port()), runs.project());
            assertThat(after.settled(id)).has("/status", "failed").has("/error_code", "lost");
            int known = after.resources().size();
            assertThat(known).isPositive();
            Answer next = after.plan();
            assertThat(next.at("/counts/add").asInt()
                            - next.at("/counts/destroy").asInt())
                    .isEqualTo(ALL - known);
            assertThat(after.approve(next.id())).has("/status", "applied");
            server.restart();
            assertThat(new Runs(server.client(), runs.project()).plan()).has("/status", "no_changes");
        }
    }
}
