package ai.kubiya.runner.kubernetes;

import static ai.kubiya.runner.testing.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.protocol.RunService;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.testing.Runs;
import ai.kubiya.runner.testing.ScriptedWorkSource.Received;
import ai.kubiya.runner.testing.TestRunner;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told when a cluster does not do what a tool needs. */
class KubernetesRefusalTest {
    private static final KubernetesConfig CONFIG = KubernetesConfig.USUAL.withLongestStart(Duration.ofSeconds(4));

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static TestRunner runner;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster(folder);
        runner = new TestRunner(config(cluster.config()));
    }

    private static ExecutorConfig config(Config connection) {
        return ExecutorConfig.of(folder)
                .withChoice(Choice.KUBERNETES)
                .withCluster(name -> KubernetesExecutor.with(connection, CONFIG, name));
    }

    @AfterEach
    void leavesNothingBehind() throws InterruptedException {
        cluster.recover();
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

    private static String notStarted(Runs run) throws Exception {
        Received received = runner.run(run);
        assertThat(received.result()).isEqualTo(Result.NOT_STARTED);
        assertThat(received.outcome().exitCode()).isNull();
        return received.message();
    }

    private static void stands(PodStatus... steps) {
        cluster.place(pod -> {
            for (PodStatus step : steps) {
                cluster.node.status(pod.getMetadata().getName(), step);
                rest();
            }
        });
    }

    private static void rest() {
        try {
            Thread.sleep(600);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PodStatus waits(String reason, String message) {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .withContainerStatuses(TestNode.tool()
                        .withNewState()
                        .withNewWaiting(message, reason)
                        .endState()
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST jobs|403|jobs.batch is forbidden: User \"x\" cannot create|does not let this runner make a job in the"
                        + " namespace tools; give its service account the role",
                "POST secrets|403|secrets is forbidden: User \"x\" cannot create|secrets is forbidden",
                "GET pods|403|pods is forbidden: User \"x\" cannot list|does not let this runner see its pods",
                "POST jobs|403|jobs \"y\" is forbidden: exceeded quota: q, used: 5|the quota of the namespace tools is used up",
                "POST jobs|404|namespaces \"tools\" not found|has no namespace tools: set KUBIYA_KUBERNETES_NAMESPACE",
                "POST jobs|401|Unauthorized|its credentials are refused",
                "POST jobs|422|Job \"y\" is invalid: spec.template|finds the tool wrong and does not make a job: Job \"y\"",
                "POST jobs|500|etcd is full|did not make a job (500): etcd is full"
            })
    void saysWhyNoJobWasMade(String request, int code, String words, String sentence) throws Exception {
        cluster.place(pod -> {});
        cluster.refuse(request, code, words);

        assertThat(notStarted(script("true"))).contains(sentence).contains(words.substring(0, 8));
    }

    @Test
    void saysThatAnImageCannotBePulled() throws Exception {
        stands(
                waits("ContainerCreating", ""),
                waits("ErrImagePull", "manifest for acme/tool:9 not found"),
                waits("ImagePullBackOff", "Back-off pulling image"));

        assertThat(notStarted(script("true").image("acme/tool:9")))
                .isEqualTo(
                        "the image acme/tool:9 cannot be pulled: ImagePullBackOff: Back-off pulling image; manifest for"
                                + " acme/tool:9 not found (a private registry needs KUBIYA_KUBERNETES_PULL_SECRETS)");
    }

    @Test
    void saysThatNoNodeTakesThePod() throws Exception {
        stands(new PodStatusBuilder()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: 3 Insufficient memory.")
                .endCondition()
                .build());

        assertThat(notStarted(script("true")))
                .isEqualTo(
                        "the tool's pod did not start within 4 s (KUBIYA_KUBERNETES_START_SECONDS): no node takes the"
                                + " pod: 0/3 nodes are available: 3 Insufficient memory.");
    }

    @Test
    void saysWhyTheClusterMakesNoPod() throws Exception {
        cluster.makeNoPods("pods \"kubiya-x\" is forbidden: violates PodSecurity \"restricted:latest\"");

        assertThat(notStarted(script("true")))
                .startsWith(
                        "the cluster makes no pod for the job: pods \"kubiya-x\" is forbidden: violates PodSecurity");
    }

    @Test
    void saysThatAContainerCannotBeMade() throws Exception {
        stands(waits("CreateContainerConfigError", "container has runAsNonRoot and image will run as root"));

        assertThat(notStarted(script("true")))
                .isEqualTo(
                        "the container cannot be started: CreateContainerConfigError: container has runAsNonRoot and image"
                                + " will run as root");
    }

    @Test
    void saysThatANodeRefusedThePod() throws Exception {
        stands(new PodStatusBuilder()
                .withPhase("Failed")
                .withReason("UnexpectedAdmissionError")
                .withMessage("no devices left")
                .build());

        assertThat(notStarted(script("true")))
                .isEqualTo(
                        "the cluster ended the tool's pod before the tool began: UnexpectedAdmissionError: no devices left");
    }

    @Test
    void saysThatAServiceDoesNotStayUp() throws Exception {
        stands(new PodStatusBuilder()
                .withPhase("Pending")
                .withInitContainerStatuses(new ContainerStatusBuilder()
                        .withName("service-0")
                        .withNewState()
                        .withNewWaiting("back-off 10s restarting", "CrashLoopBackOff")
                        .endState()
                        .build())
                .build());

        assertThat(notStarted(script("true").service(new RunService("db", "postgres:18", List.of(5432), Map.of()))))
                .startsWith("the container of the service db ends again and again");
    }

    @Test
    void refusesServicesWhereTheClusterDoesNotKnowThem() throws Exception {
        cluster.place(pod -> {});
        cluster.beOld();

        assertThat(notStarted(script("true").service(new RunService("db", "postgres:18", List.of(5432), Map.of()))))
                .contains("needs Kubernetes 1.29 or later");
    }

    @Test
    void isCancelledWhileTheImageIsPulled() throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        cluster.place(pod -> {
            cluster.node.status(pod.getMetadata().getName(), waits("ContainerCreating", ""));
            there.countDown();
        });
        UUID id = runner.enqueue(script("true"));
        there.await();

        assertThat(runner.runner.cancelNow(id)).isTrue();

        Received received = runner.source.finished(id);
        assertThat(received.result()).isEqualTo(Result.CANCELLED);
        assertThat(received.outcome().exitCode()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Evicted, Pod ephemeral local storage usage exceeds the total limit of containers 32Mi., OUT_OF_DISK,"
                + " stopped: it wrote more than 32 MiB to disk",
        "Evicted, The node was low on resource: memory., FAILED,"
                + " the cluster ended the tool's pod: Evicted: The node was low on resource: memory.",
        "NodeShutdown, Node is shutting down, FAILED, the cluster ended the tool's pod: NodeShutdown: Node is shutting down",
        "DeadlineExceeded, too long, TIMED_OUT, stopped: it ran for longer than 30.0 s"
    })
    void saysWhyTheClusterEndedTheTool(String reason, String message, Result result, String sentence) throws Exception {
        stands(
                TestNode.running(),
                new PodStatusBuilder(TestNode.ended(137, "Error"))
                        .withReason(reason)
                        .withMessage(message)
                        .build());

        Received received = runner.run(script("true"));

        assertThat(received.result()).isEqualTo(result);
        assertThat(received.message()).isEqualTo(sentence);
    }

    @Test
    void saysInItsHealthWhatIsWrong() throws Exception {
        assertThat(ability(cluster.config()).problem()).isEmpty();
        assertThat(ability(cluster.config()).executors()).containsExactly("kubernetes");

        cluster.refuse("GET jobs", 403, "jobs.batch is forbidden");
        assertThat(ability(cluster.config()).executors()).isEmpty();
        assertThat(ability(cluster.config()).problem()).contains("does not let this runner see jobs");

        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Config away = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + closed + "/")
                .build();
        assertThat(ability(away).problem()).startsWith("the cluster does not answer");
    }

    private static ExecutorChoice.Ability ability(Config connection) {
        return new ExecutorChoice(config(connection), TestRunner.LAUNCHER).ability();
    }
}
