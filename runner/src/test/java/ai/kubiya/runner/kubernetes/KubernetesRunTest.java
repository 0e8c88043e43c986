package ai.kubiya.runner.kubernetes;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.protocol.RunService;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.executor.RunningTool;
import ai.kubiya.runner.testing.BusyboxImage;
import ai.kubiya.runner.testing.Runs;
import ai.kubiya.runner.testing.ScriptedWorkSource.Received;
import ai.kubiya.runner.testing.TestRunner;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools as Jobs, in real containers. */
class KubernetesRunTest {
    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static TestRunner runner;

    @BeforeAll
    static void start() throws Exception {
        BusyboxImage.make(folder.resolve("image"));
        cluster = new TestCluster(folder);
        runner = runner(
                "a-runner",
                new KubernetesConfig(
                        "", "", "", List.of("registry"), BusyboxImage.NAME, "1.5", "fast", Duration.ofSeconds(60)));
    }

    private static TestRunner runner(String node, KubernetesConfig config) {
        return new TestRunner(ExecutorConfig.of(folder)
                .withChoice(Choice.KUBERNETES)
                .withNode(node)
                .withCluster(name -> KubernetesExecutor.with(cluster.config(), config, name)));
    }

    @AfterEach
    void leavesNothingBehind() throws InterruptedException {
        cluster.node.logs(pod -> new TestLog());
        cluster.recover();
        awaitNothingLeft();
    }

    private static void awaitNothingLeft() throws InterruptedException {
        for (int i = 0; i < 500 && !cluster.leftovers().isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertThat(cluster.leftovers()).isEmpty();
    }

    @AfterAll
    static void stop() throws Exception {
        runner.close();
        cluster.close();
    }

    private static Received run(Runs run) throws Exception {
        return runner.run(run);
    }

    @Test
    void runsAToolInItsImage() throws Exception {
        Received received = run(script("cat /etc/greeting; echo error >&2").image(BusyboxImage.NAME));

        assertThat(received.message()).isEqualTo("null");
        assertThat(received.result()).isEqualTo(Result.COMPLETED);
        assertThat(received.text("stdout")).isEqualTo("hello from a service\nerror\n");
        assertThat(received.outcome().exitCode()).isZero();
        assertThat(received.events().getFirst().toString()).contains("kubernetes");
    }

    @Test
    void usesTheUsualImageForAToolThatNamesNone() throws Exception {
        assertThat(run(script("cat /etc/greeting")).text()).isEqualTo("hello from a service\n");
    }

    @Test
    void bringsTheExitCode() throws Exception {
        Received received = run(script("echo before; exit 7"));

        assertThat(received.result()).isEqualTo(Result.FAILED);
        assertThat(received.outcome().exitCode()).isEqualTo(7);
        assertThat(received.message()).isEqualTo("the tool ended with exit code 7");
        assertThat(received.text()).isEqualTo("before\n");
    }

    @Test
    void givesTheEnvironmentWithoutShowingIt() throws Exception {
        Received received = run(script("echo \"$plain|$who|$token\"; [ \"$token\" = 's3cret $(HOME) $$' ] && echo same")
                .environment(Map.of("plain", "a plain $(HOME) $$(x) value\nof two lines"))
                .arguments(Map.of("who", TextNode.valueOf("an argument")))
                .secrets(Map.of("token", "s3cret $(HOME) $$")));

        assertThat(received.text()).isEqualTo("a plain $(HOME) $$(x) value\nof two lines|an argument|***\nsame\n");
        assertThat(cluster.writtenOpenly())
                .contains("secretKeyRef")
                .doesNotContain("s3cret")
                .doesNotContain("a plain")
                .doesNotContain("an argument")
                .doesNotContain("echo same");
    }

    @Test
    void placesFiles() throws Exception {
        assertThat(run(script("cat ~/.config/app; ls -l /root/.config/app | cut -c1-10")
                                .environment(Map.of("HOME", "/root"))
                                .file("~/.config/app", "content of a file\n"))
                        .text())
                .isEqualTo("content of a file\n-rwxr-xr-x\n");
        assertThat(run(script("cat /workspace/deep/one").file("deep/one", "relative\n"))
                        .text())
                .isEqualTo("relative\n");
    }

    @Test
    void refusesMoreThanASecretTakes() throws Exception {
        Received received = run(script("true").file("large", "x".repeat((1 << 20) + 1)));

        assertThat(received.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(received.message()).contains("takes 1 MiB");
    }

    @Test
    void startsWithAnEntrypoint() throws Exception {
        assertThat(run(script("one\ntwo\n").entrypoint("/bin/wc", "-l")).text()).startsWith("2 ");
        assertThat(run(script("echo $0 $(echo x) '$$(HOME)'").entrypoint("/bin/sh", "-e", "-c"))
                        .text())
                .isEqualTo("/bin/sh x $$(HOME)\n");
        assertThat(run(script("ignored").entrypoint("/bin/echo", "$(HOME)", "$$", "$"))
                        .text())
                .isEqualTo("$(HOME) $$ $ /kubiya/tool\n");
    }

    @Test
    void startsContentThatSaysHow() throws Exception {
        assertThat(run(script("#!/bin/cat\nitself\n")).text()).isEqualTo("#!/bin/cat\nitself\n");
        Received python = run(script("print(1)").type("python"));
        assertThat(python.message()).isEqualTo("the tool ended with exit code 127");
        assertThat(python.text()).contains("python3, which is not in the image");
    }

    @Test
    void runsTheScriptBeforeTheStart() throws Exception {
        assertThat(run(script("echo tool").onStart("echo first")).text()).isEqualTo("first\ntool\n");
        Received failed = run(script("echo tool").onStart("exit 4"));
        assertThat(failed.outcome().exitCode()).isEqualTo(4);
        assertThat(failed.text()).contains("ended with exit code 4").doesNotContain("tool");
    }

    @Test
    void saysWhatCannotBeStarted() throws Exception {
        Received received = run(script("x").entrypoint("/no/such/program"));

        assertThat(received.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(received.message()).isEqualTo("the cluster could not start the tool: no such program");
    }

    @Test
    void refusesAVariableThatKubernetesDoesNotTake() throws Exception {
        Received received = run(script("true").environment(Map.of("a b", "c")));

        assertThat(received.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(received.message()).contains("\"a b\" has a name that Kubernetes does not take");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesAndDoublesNothingWhenTheLogBreaks(long seed) throws Exception {
        TestLog log = new TestLog(new Random(seed), 30_000, 2);
        cluster.node.logs(pod -> log);

        Received received = run(script("""
                i=0
                while [ $i -lt 1500 ]; do
                  echo line $i of many
                  i=$((i + 1))
                  [ $((i % 100)) = 0 ] && sleep 0.3
                done
                printf 'x%.0s' $(seq 1 9000)
                echo; echo -n the end
                """));

        String many = IntStream.range(0, 1500)
                .mapToObj(i -> "line " + i + " of many\n")
                .collect(Collectors.joining());
        assertThat(received.text()).isEqualTo(many + "x".repeat(9000) + "\nthe end");
        assertThat(received.result()).isEqualTo(Result.COMPLETED);
        assertThat(log.connections()).isGreaterThan(5);
    }

    @Test
    void bringsWhatAToolPrintedThatEndedAtOnce() throws Exception {
        cluster.node.logs(pod -> new TestLog(new Random(7), Integer.MAX_VALUE, 3));

        assertThat(run(script("echo quick")).text()).isEqualTo("quick\n");
    }

    @Test
    void saysWhenTheEndOfTheOutputCannotBeRead() throws Exception {
        cluster.node.logs(pod -> new TestLog(new Random(7), Integer.MAX_VALUE, Integer.MAX_VALUE));

        Received received = run(script("echo unseen"));

        assertThat(received.text("stdout")).isEmpty();
        assertThat(received.text("stderr")).contains("cannot be read from the cluster and may be missing");
        assertThat(received.result()).isEqualTo(Result.COMPLETED);
    }

    @Test
    void cancelsWithTimeToSayGoodbye() throws Exception {
        UUID id = runner.enqueue(script("trap 'echo bye; exit 3' TERM; echo up; while true; do sleep 0.05; done"));
        runner.source.printed(id, "up");

        assertThat(runner.runner.cancelNow(id)).isTrue();

        Received received = runner.source.finished(id);
        assertThat(received.result()).isEqualTo(Result.CANCELLED);
        assertThat(received.text()).isEqualTo("up\nbye\n");
    }

    @Test
    void killsAToolThatDoesNotGo() throws Exception {
        UUID id = runner.enqueue(script("trap '' TERM; echo up; sleep 600 & wait; sleep 600"));
        runner.source.printed(id, "up");

        runner.runner.cancelNow(id);

        assertThat(runner.source.finished(id).result()).isEqualTo(Result.CANCELLED);
    }

    @Test
    void stopsAToolThatIsOutOfTime() throws Exception {
        Received received = run(script("echo up; sleep 600").timeout(Duration.ofSeconds(2)));

        assertThat(received.result()).isEqualTo(Result.TIMED_OUT);
        assertThat(received.message()).isEqualTo("stopped: it ran for longer than 2.0 s");
        assertThat(received.text()).isEqualTo("up\n");
    }

    @Test
    void tellsThatAToolUsedTooMuchMemory() throws Exception {
        Received received = run(script("echo up; x=x; while true; do x=$x$x; done")
                .limits(new RunLimits(Duration.ofSeconds(50), 32L << 20, 64, 32L << 20, 16L << 20)));

        assertThat(received.result()).isEqualTo(Result.OUT_OF_MEMORY);
        assertThat(received.message()).isEqualTo("stopped: it used more than 32 MiB of memory");
    }

    @Test
    void keepsNoMoreOutputThanAllowed() throws Exception {
        Received received = run(script("yes | head -c 300000")
                .limits(new RunLimits(Duration.ofSeconds(50), 256L << 20, 64, 32L << 20, 100_000)));

        assertThat(received.result()).isEqualTo(Result.COMPLETED);
        assertThat(received.warnings()).contains("output_truncated");
        assertThat(received.outcome().outputBytes()).isEqualTo(300_000);
    }

    @Test
    void keepsVolumes() throws Exception {
        assertThat(run(script("echo kept >/data/file").volume("org/My Data", "/data"))
                        .result())
                .isEqualTo(Result.COMPLETED);
        assertThat(run(script("cat /data/file").volume("org/My Data", "/data")).text())
                .isEqualTo("kept\n");
        assertThat(run(script("ls /data").volume("other-org/My Data", "/data")).text())
                .isEmpty();
        assertThat(cluster.client
                        .persistentVolumeClaims()
                        .inNamespace(TestCluster.NAMESPACE)
                        .list()
                        .getItems())
                .hasSize(2)
                .allMatch(claim -> claim.getSpec().getStorageClassName().equals("fast"))
                .allMatch(claim -> claim.getMetadata().getName().endsWith("-my-data"));
    }

    @Test
    void runsServicesBesideATool() throws Exception {
        Received received = run(script("wget -q -O - http://127.0.0.1:8080/etc/greeting")
                .service(new RunService("web", BusyboxImage.WEB, List.of(8080), Map.of("PASSWORD", "s3cret"))));

        assertThat(received.text()).isEqualTo("hello from a service\n");
        assertThat(cluster.writtenOpenly())
                .contains("\"hostnames\":[\"web\"]")
                .contains("\"restartPolicy\":\"Always\"")
                .contains("\"tcpSocket\":{\"port\":8080}")
                .doesNotContain("s3cret");
    }

    @Test
    void askForWhatTheOperatorAndTheToolWant() throws Exception {
        UUID id = runner.enqueue(script("echo up; sleep 600").network(false));
        runner.source.printed(id, "up");

        Job job = cluster.client
                .batch()
                .v1()
                .jobs()
                .inNamespace(TestCluster.NAMESPACE)
                .list()
                .getItems()
                .getFirst();
        var pod = job.getSpec().getTemplate().getSpec();
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getPodReplacementPolicy()).isEqualTo("Failed");
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(30 + 60 + 900);
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(600);
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getImagePullSecrets()).extracting("name").containsExactly("registry");
        var resources = pod.getContainers().getFirst().getResources();
        assertThat(resources.getLimits())
                .containsOnly(
                        entry("cpu", new Quantity("1.5")),
                        entry("memory", new Quantity("268435456")),
                        entry("ephemeral-storage", new Quantity("33554432")));
        assertThat(resources.getRequests()).containsEntry("cpu", new Quantity("0.1"));
        assertThat(cluster.client
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(TestCluster.NAMESPACE)
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(
                        policy -> assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress"))
                .satisfies(policy -> assertThat(
                                policy.getSpec().getPodSelector().getMatchLabels())
                        .containsEntry("kubiya.ai/run", job.getMetadata().getName()));
        assertThat(cluster.client
                        .secrets()
                        .inNamespace(TestCluster.NAMESPACE)
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(secret -> assertThat(secret.getMetadata().getOwnerReferences())
                        .extracting("uid")
                        .containsExactly(job.getMetadata().getUid()));
        runner.runner.cancelNow(id);
        assertThat(runner.source.finished(id).result()).isEqualTo(Result.CANCELLED);
    }

    @Test
    void noticesThatSomebodyDeletedThePod() throws Exception {
        UUID id = runner.enqueue(script("echo up; sleep 600"));
        runner.source.printed(id, "up");
        Pod pod = cluster.client
                .pods()
                .inNamespace(TestCluster.NAMESPACE)
                .list()
                .getItems()
                .getFirst();

        cluster.client.resource(pod).delete();
        cluster.node.endMarked(0);

        Received received = runner.source.finished(id);
        assertThat(received.result()).isEqualTo(Result.FAILED);
        assertThat(received.message()).startsWith("the tool's pod ").contains("deleted");
    }

    @Test
    void leavesASecondPodNothingToStartWithWhereTheClusterMakesOne() throws Exception {
        cluster.beOld();
        UUID id = runner.enqueue(script("echo up; sleep 600"));
        runner.source.printed(id, "up");
        String job = cluster.client
                .batch()
                .v1()
                .jobs()
                .inNamespace(TestCluster.NAMESPACE)
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
        while (cluster.client
                        .secrets()
                        .inNamespace(TestCluster.NAMESPACE)
                        .withName(job)
                        .get()
                != null) {
            Thread.sleep(10);
        }
        runner.runner.cancelNow(id);

        assertThat(runner.source.finished(id).result()).isEqualTo(Result.CANCELLED);
    }

    @Test
    void removesWhatAKilledRunnerLeft() throws Exception {
        RunningTool killed = start("killed");
        RunningTool other = start("other");
        RunningTool again = start("killed");

        assertThat(cluster.client
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(TestCluster.NAMESPACE)
                        .list()
                        .getItems())
                .as("gone is what an earlier process of the same name left")
                .hasSize(2);
        assertThat(other.process().isAlive()).isTrue();
        assertThat(again.process().isAlive()).isTrue();
        assertThat(killed.process().waitFor()).isEqualTo(137);
        killed.close();
        again.close();
        other.close();
    }

    /** A process of a runner that has started a tool. */
    private static RunningTool start(String node) throws Exception {
        KubernetesExecutor executor = KubernetesExecutor.with(cluster.config(), KubernetesConfig.USUAL, node);
        executor.removeLeftovers();
        ToolRun run = script("sleep 600").image(BusyboxImage.NAME).build();
        return executor.start(new ai.kubiya.runner.executor.Job(UUID.randomUUID(), run, "sleep 600", Map.of()));
    }
}
