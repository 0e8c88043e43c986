package ai.kubiya.runner;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.protocol.RunService;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.testing.BusyboxImage;
import ai.kubiya.runner.testing.Runs;
import ai.kubiya.runner.testing.TestRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRunTest {
    private static final String NODE = "test-" + UUID.randomUUID();

    @TempDir
    static Path folder;

    private static TestRunner runner;

    @BeforeAll
    static void start() throws Exception {
        BusyboxImage.make(folder);
        runner = new TestRunner(
                ExecutorConfig.of(folder).withChoice(Choice.PODMAN).withNode(NODE));
    }

    @AfterAll
    static void stop() throws Exception {
        if (runner != null) {
            runner.close();
            assertThat(ours()).isEmpty();
        }
    }

    @Test
    void runsAToolInItsImage() throws Exception {
        var run = runner.run(inImage("busybox | head -1; cat ~/note; echo $GREETING; cat /data/kept 2>/dev/null; "
                        + "echo kept > /data/kept; ls /usr; exit 3")
                .environment(Map.of("GREETING", "a 'b' \"c\""))
                .file("~/note", "a note\n")
                .volume("data", "/data"));

        assertThat(run.events().getFirst())
                .isInstanceOfSatisfying(
                        RunEvent.Started.class,
                        started -> assertThat(started.executor()).isEqualTo("podman"));
        assertThat(run.text("stdout")).startsWith("BusyBox").contains("a note\n", "a 'b' \"c\"\n");
        assertThat(run.outcome().exitCode()).isEqualTo(3);
        assertThat(runner.run(inImage("cat /data/kept").volume("data", "/data")).text())
                .isEqualTo("kept\n");
    }

    @Test
    void startsAnEntrypointWithoutAShell() throws Exception {
        assertThat(runner.run(inImage("some text").entrypoint("/bin/cat")).text())
                .isEqualTo("some text");
        assertThat(runner.run(inImage("echo $0").entrypoint("/bin/sh", "-c")).text())
                .isEqualTo("/bin/sh\n");
    }

    @Test
    void runsTheScriptBeforeTheContent() throws Exception {
        assertThat(runner.run(inImage("cat /tmp/a").onStart("echo before > /tmp/a"))
                        .text())
                .isEqualTo("before\n");
    }

    @Test
    void namesAnInterpreterThatTheImageLacks() throws Exception {
        var run = runner.run(inImage("print(1)").type("python"));

        assertThat(run.outcome().exitCode()).isEqualTo(127);
        assertThat(run.text()).contains("python3, which is not in the image");
    }

    @Test
    void saysWhyAnImageCannotBePulled() throws Exception {
        var run = runner.run(script("true").image("localhost/no-such-image:1"));

        assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(run.message()).contains("localhost/no-such-image:1 cannot be pulled");
    }

    @Test
    void saysWhyAnEntrypointCannotBeStarted() throws Exception {
        var run = runner.run(inImage("x").entrypoint("/no/such/program"));

        assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(run.message()).contains("/no/such/program");
    }

    @Test
    void keepsSecretsOffTheCommandLine() throws Exception {
        UUID id = runner.enqueue(
                inImage("echo $TOKEN; echo up; sleep 1000").secrets(Map.of("TOKEN", "very-secret-value")));
        var run = runner.source.printed(id, "up");

        assertThat(run.text()).isEqualTo("***\nup\n");
        assertThat(CommandLines.all()).noneMatch(line -> line.contains("very-secret-value"));
        runner.runner.cancelNow(id);
        assertThat(runner.source.finished(id).result()).isEqualTo(Result.CANCELLED);
    }

    @Test
    void cancelsAToolThatIgnoresSignals() throws Exception {
        UUID id = runner.enqueue(inImage("trap '' TERM; sleep 4721 & echo up; while :; do sleep 1; done"));
        runner.source.printed(id, "up");

        runner.runner.cancelNow(id);

        assertThat(runner.source.finished(id).result()).isEqualTo(Result.CANCELLED);
        assertThat(CommandLines.all()).noneMatch(line -> line.contains("sleep 4721"));
    }

    @Test
    void hasNoNetworkWhenItIsForbidden() throws Exception {
        String interfaces = "grep -c : /proc/net/dev";
        assertThat(runner.run(inImage(interfaces).network(false)).text()).isEqualTo("1\n");
        assertThat(runner.run(inImage(interfaces)).text()).isEqualTo("2\n");
    }

    @Test
    void reachesItsServices() throws Exception {
        var service = new RunService("web", BusyboxImage.WEB, List.of(8080), Map.of("GREETING", "hello"));
        var run =
                runner.run(inImage("wget -q -O - http://web:8080/etc/greeting").service(service));

        assertThat(run.text()).isEqualTo("hello from a service\n");
    }

    @Test
    void saysWhichServiceIsNotReady() throws Exception {
        var service = new RunService("db", BusyboxImage.NAME, List.of(5432), Map.of());
        var run = runner.run(inImage("true").service(service));

        assertThat(run.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(run.message()).contains("the service db");
    }

    @Test
    void stopsAMemoryEater() throws Exception {
        RunLimits limits = new RunLimits(Duration.ofSeconds(30), 32L << 20, 64, 64L << 20, 1L << 20);
        var run = runner.run(
                inImage("while :; do tail /dev/zero; sleep 0.1; done").limits(limits));

        assertThat(run.result()).isEqualTo(Result.OUT_OF_MEMORY);
    }

    @Test
    void stopsAForkBomb() throws Exception {
        RunLimits limits = new RunLimits(Duration.ofSeconds(30), 256L << 20, 20, 64L << 20, 1L << 20);
        var run = runner.run(
                inImage("awk 'BEGIN { while (1) system(\"sleep 1000 &\") }'").limits(limits));

        assertThat(run.result()).isEqualTo(Result.TOO_MANY_PROCESSES);
    }

    @Test
    void stopsADiskFiller() throws Exception {
        RunLimits limits = new RunLimits(Duration.ofSeconds(30), 256L << 20, 64, 16L << 20, 1L << 20);
        var run = runner.run(
                inImage("dd if=/dev/zero of=/fill bs=1M count=64; sleep 1000").limits(limits));

        assertThat(run.result()).isEqualTo(Result.OUT_OF_DISK);
    }

    @Test
    void removesWhatAKilledRunnerLeft() throws Exception {
        String node = "killed-" + UUID.randomUUID();
        String label = "kubiya.node=" + node;
        BusyboxImage.run("podman", "create", "--label", label, BusyboxImage.NAME, "/bin/true");
        BusyboxImage.run("podman", "network", "create", "--label", label, node);

        try (var next = new TestRunner(
                ExecutorConfig.of(folder).withChoice(Choice.PODMAN).withNode(node))) {
            next.run(inImage("true"));
        }

        assertThat(list(label)).isEmpty();
        assertThat(BusyboxImage.run("podman", "network", "ls", "--quiet")).doesNotContain(node);
    }

    private static Runs inImage(String content) {
        return script(content).image(BusyboxImage.NAME);
    }

    private static String ours() throws Exception {
        return list("kubiya.node=" + NODE);
    }

    private static String list(String label) throws Exception {
        return BusyboxImage.run("podman", "ps", "--all", "--quiet", "--filter", "label=" + label);
    }
}
