package ai.kubiya.runner.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunLimits;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.executor.Sandbox;
import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.runner.terraform.TerraformJob.PlanOptions;
import ai.kubiya.runner.testing.TestRunner;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and applies with the real program, in the real sandbox. */
class TerraformDriverTest {
    private static final RunLimits LIMITS = new RunLimits(Duration.ofMinutes(2), 2L << 30, 1000, 256L << 20, 1L << 20);
    private static final TerraformSettings SETTINGS =
            new TerraformSettings("", null, false, LIMITS, Duration.ofSeconds(30), "/usr/local/bin:/usr/bin:/bin");
    private static final PlanOptions NORMAL = new PlanOptions(Mode.NORMAL, List.of(), List.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final MemoryState state = new MemoryState();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final TerraformStop stop = new TerraformStop();
    private final ObjectNode variables = JSON.createObjectNode();
    private Map<String, String> secrets = Map.of();
    private TerraformSettings settings = SETTINGS;
    private int jobs;

    private Path code(Path job) {
        return job.resolve("code");
    }

    private Path newJob(String main) {
        try {
            Path job = folder.resolve("job" + jobs++);
            Files.createDirectories(code(job));
            Files.writeString(code(job).resolve("main.tf"), main);
            return job;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TerraformOutcome run(Path job, PlanOptions options, @Nullable SavedPlan plan) throws InterruptedException {
        Sandbox sandbox = new Sandbox(ExecutorConfig.of(folder.resolve("state")), TestRunner.LAUNCHER);
        TerraformDriver driver = new TerraformDriver(settings, sandbox, Clock.systemUTC());
        return driver.run(
                new TerraformJob(
                        job,
                        "",
                        variables,
                        Map.of("PLAIN", "plain"),
                        secrets,
                        List.of("masked-value"),
                        options,
                        plan,
                        state,
                        "{\"ID\": \"lock\"}"),
                events::add,
                stop);
    }

    private TerraformOutcome plan(String main) throws InterruptedException {
        return run(newJob(main), NORMAL, null);
    }

    private TerraformOutcome apply(String main) throws InterruptedException {
        TerraformOutcome planned = plan(main);
        return run(newJob(main), NORMAL, Objects.requireNonNull(planned.plan()).saved());
    }

    private String output() {
        return events.stream()
                .filter(RunEvent.Output.class::isInstance)
                .map(event -> ((RunEvent.Output) event).content())
                .collect(Collectors.joining());
    }

    private JsonNode document(TerraformOutcome outcome) throws IOException {
        return JSON.readTree(Objects.requireNonNull(outcome.plan()).document().toFile());
    }

    @Test
    void plansAppliesAndFindsNothingMoreToDo() throws Exception {
        String main = """
                variable "name" {}
                resource "terraform_data" "one" { input = var.name }
                output "name" { value = terraform_data.one.output }
                """;
        variables.put("name", "ada");

        TerraformOutcome planned = plan(main);

        assertThat(planned.outcome().result()).isEqualTo(Result.COMPLETED);
        assertThat(planned.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(Objects.requireNonNull(planned.plan()).changes()).isTrue();
        assertThat(document(planned)
                        .at("/resource_changes/0/change/after/input")
                        .asText())
                .isEqualTo("ada");
        assertThat(output())
                .contains("Plan: 1 to add")
                .contains("> terraform plan")
                .doesNotContain("ada\" ");
        assertThat(state.written()).isEmpty();

        TerraformOutcome applied = run(newJob(main), NORMAL, planned.plan().saved());

        assertThat(applied.outcome().result()).isEqualTo(Result.COMPLETED);
        assertThat(output()).contains("Apply complete! Resources: 1 added");
        assertThat(JSON.readTree(state.text()).at("/outputs/name/value").asText())
                .isEqualTo("ada");
        assertThat(state.locks()).isZero();
        assertThat(Objects.requireNonNull(plan(main).plan()).changes()).isFalse();
    }

    @Test
    void tellsNoSecretAndLeavesNoneReadable() throws Exception {
        secrets = Map.of("TOKEN", "very-secret-token");
        variables.put("password", "masked-value");

        Path job = newJob("""
                variable "password" {}
                resource "terraform_data" "one" {
                  input = var.password
                  provisioner "local-exec" {
                    command = "echo $TOKEN $PLAIN; tr '\\\\0' ' ' < /proc/$PPID/cmdline; ls -l /terraform"
                  }
                }
                """);
        TerraformOutcome planned = run(job, NORMAL, null);
        TerraformOutcome applied =
                run(job, NORMAL, Objects.requireNonNull(planned.plan()).saved());

        assertThat(applied.outcome().message()).isNull();
        assertThat(output())
                .contains("*** plain")
                .contains("-rw------- 1 tool tool")
                .doesNotContain("very-secret-token")
                .doesNotContain("masked-value");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(job.resolve("own/variables.tfvars.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void seesNothingOfTheHostBesidesItsCode() throws Exception {
        TerraformOutcome applied = apply("""
                resource "terraform_data" "one" {
                  provisioner "local-exec" {
                    command = "ls /root %s; id -un; wc -l < /proc/net/dev"
                    on_failure = continue
                  }
                }
                """.formatted(folder));

        assertThat(applied.outcome().message()).isNull();
        assertThat(output())
                .contains("cannot access '/root'")
                .contains("cannot access '" + folder + "'")
                .contains("(local-exec): tool");
    }

    @Test
    void overridesWhateverBackendTheCodeNames() throws Exception {
        for (String backend : List.of("backend \"s3\" { bucket = \"x\" }", "cloud { organization = \"x\" }")) {
            TerraformOutcome planned =
                    plan("""
                    terraform {
                      %s
                    }
                    resource "terraform_data" "one" {}
                    """.formatted(backend.replace("{ ", "{\n").replace(" }", "\n}")));

            assertThat(planned.outcome().message()).isNull();
        }
    }

    @Test
    void takesModesTargetsAndReplacements() throws Exception {
        String main = "resource \"terraform_data\" \"one\" {}\nresource \"terraform_data\" \"two\" {}\n";
        assertThat(document(run(
                                newJob(main),
                                new PlanOptions(Mode.NORMAL, List.of("terraform_data.two"), List.of()),
                                null))
                        .path("resource_changes"))
                .hasSize(1);
        apply(main);

        TerraformOutcome replaced =
                run(newJob(main), new PlanOptions(Mode.NORMAL, List.of(), List.of("terraform_data.one")), null);
        assertThat(document(replaced).at("/resource_changes/0/change/actions").toString())
                .isEqualTo("[\"delete\",\"create\"]");
        TerraformOutcome destroyed = run(newJob(main), new PlanOptions(Mode.DESTROY, List.of(), List.of()), null);
        assertThat(document(destroyed).at("/resource_changes/1/change/actions").toString())
                .isEqualTo("[\"delete\"]");
        TerraformOutcome refreshed = run(newJob(main), new PlanOptions(Mode.REFRESH_ONLY, List.of(), List.of()), null);
        assertThat(Objects.requireNonNull(refreshed.plan()).changes()).isFalse();
    }

    @Test
    void saysInOneSentenceWhatTerraformComplainsAbout() throws Exception {
        TerraformOutcome invalid = plan("resource \"terraform_data\" \"one\" {\n  inputs = 1\n}\n");
        assertThat(invalid.outcome().result()).isEqualTo(Result.FAILED);
        assertThat(invalid.code()).isEqualTo("plan_failed");
        assertThat(invalid.outcome().message())
                .startsWith("Unsupported argument (main.tf line 2")
                .contains("Did you mean \"input\"?");
        assertThat(plan("variable \"missing\" {}").code()).isEqualTo("missing_variable");
        TerraformOutcome broken = plan("resource {");
        assertThat(broken.code()).isEqualTo("init_failed");
        TerraformOutcome provider = plan("resource \"random_id\" \"x\" { byte_length = 1 }");
        assertThat(provider.code()).isEqualTo("provider_unavailable");
        assertThat(provider.outcome().message()).contains("hashicorp/random");
        settings = new TerraformSettings("/nowhere/terraform", null, false, LIMITS, Duration.ofSeconds(1), "/bin");
        TerraformOutcome missing = plan("");
        assertThat(missing.outcome().result()).isEqualTo(Result.NOT_STARTED);
        assertThat(missing.outcome().message()).contains("KUBIYA_TERRAFORM names /nowhere/terraform");
        settings = new TerraformSettings("", null, false, LIMITS, Duration.ofSeconds(1), "/nowhere");
        assertThat(plan("").outcome().message()).contains("neither terraform nor tofu is installed");
    }

    private static String slow(int count, String sleep) {
        return """
                resource "terraform_data" "slow" {
                  count = %d
                  provisioner "local-exec" { command = "sleep %s" }
                }
                """.formatted(count, sleep);
    }

    private Thread applying(String main, List<TerraformOutcome> outcomes) throws InterruptedException {
        TerraformOutcome planned = plan(main);
        SavedPlan saved = Objects.requireNonNull(planned.plan()).saved();
        return Thread.ofVirtual().start(() -> {
            try {
                outcomes.add(run(newJob(main), NORMAL, saved));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private int resources() throws IOException {
        return JSON.readTree(state.text()).at("/resources/0/instances").size();
    }

    @Test
    void interruptsAndKeepsWhatWasMade() throws Exception {
        List<TerraformOutcome> outcomes = new CopyOnWriteArrayList<>();
        Thread applying = applying(slow(40, "0.5"), outcomes);
        state.awaitFirst();

        stop.stop(TerraformStop.Reason.CANCELLED);
        applying.join();

        assertThat(outcomes.getFirst().outcome().result()).isEqualTo(Result.CANCELLED);
        assertThat(output()).contains("Interrupt received");
        assertThat(resources()).isBetween(10, 39);
        assertThat(state.locks()).isZero();
    }

    @Test
    void killsWhatDoesNotEndAndKeepsWhatWasMade() throws Exception {
        settings = new TerraformSettings("", null, false, LIMITS, Duration.ofMillis(300), "/usr/local/bin");
        List<TerraformOutcome> outcomes = new CopyOnWriteArrayList<>();
        Thread applying = applying(
                slow(11, "0.5")
                        + slow(1, "100")
                                .replace("\"slow\"", "\"stuck\"")
                                .replace("command = \"", "command = \"trap '' TERM INT; "),
                outcomes);
        state.awaitFirst();

        stop.stop(TerraformStop.Reason.CANCELLED);
        applying.join();

        assertThat(outcomes.getFirst().outcome().result()).isEqualTo(Result.CANCELLED);
        assertThat(state.text()).contains("terraform_data");
        assertThat(resources()).isPositive();
    }

    @Test
    void handsTheStateOverWhenTheServerComesBack() throws Exception {
        state.goAway();
        List<TerraformOutcome> outcomes = new CopyOnWriteArrayList<>();
        Thread applying = applying(slow(3, "0"), outcomes);
        while (!output().contains("Apply complete")) {
            Thread.sleep(20);
        }

        state.comeBack();
        applying.join();

        assertThat(outcomes.getFirst().outcome().result()).isEqualTo(Result.COMPLETED);
        assertThat(resources()).isEqualTo(3);
    }

    @Test
    void saysWhenTheStateIsRefused() throws Exception {
        state.refusing("another one is there");
        String main = slow(1, "0");
        TerraformOutcome planned = plan(main);
        Path job = newJob(main);

        TerraformOutcome applied =
                run(job, NORMAL, Objects.requireNonNull(planned.plan()).saved());

        assertThat(applied.code()).isEqualTo("state_unsaved");
        assertThat(applied.stateUnsaved()).isTrue();
        assertThat(applied.outcome().message()).contains("another one is there");
        assertThat(job.resolve("own/terraform.tfstate")).content().contains("terraform_data");
    }

    @Test
    void stopsAtTheEndOfItsTime() throws Exception {
        settings = new TerraformSettings(
                "", null, false, LIMITS.withTimeout(Duration.ofSeconds(4)), Duration.ofSeconds(5), "/usr/local/bin");

        TerraformOutcome applied = apply(slow(1, "100"));

        assertThat(applied.outcome().result()).isEqualTo(Result.TIMED_OUT);
        assertThat(applied.outcome().message()).contains("longer than 4.0 s");
    }

    @Test
    void givesUpWaitingForALockWhenCancelled() throws Exception {
        state.heldBy("the state is locked by grace");
        List<TerraformOutcome> outcomes = new CopyOnWriteArrayList<>();
        Thread applying = applying(slow(1, "0"), outcomes);
        while (!output().contains("locked by grace; waiting")) {
            Thread.sleep(20);
        }

        stop.stop(TerraformStop.Reason.CANCELLED);
        applying.join();

        assertThat(outcomes.getFirst().outcome().result()).isEqualTo(Result.CANCELLED);
        assertThat(state.written()).isEmpty();
    }
}
