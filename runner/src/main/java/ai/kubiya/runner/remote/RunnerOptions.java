package ai.kubiya.runner.remote;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.kubernetes.KubernetesConfig;
import ai.kubiya.runner.terraform.TerraformSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wants of a runner: flags, then environment, then defaults.
 *
 * @param token where the token is, itself or in a file
 * @param name the runner that the token is expected to be of; empty = whichever it is of
 * @param state a directory of this process alone, kept over restarts
 * @param grace how long runs may go on after the runner was told to end
 * @param terraformConcurrency plans and applies at one time, besides the runs of tools
 * @param ca certificates to trust besides the usual ones
 */
public record RunnerOptions(
        URI url,
        Token token,
        String name,
        List<String> labels,
        int concurrency,
        Path state,
        Duration grace,
        Choice executor,
        boolean allowHost,
        List<String> engineArguments,
        KubernetesConfig kubernetes,
        TerraformSettings terraform,
        int terraformConcurrency,
        @Nullable Path ca,
        boolean logsJson) {

    public static final String USAGE = """
            usage: kubiya runner --url URL --token TOKEN [--setting value ...]

            Takes runs of tools from a server and executes them on this machine. It only dials out.

              --url URL            where the server is (KUBIYA_URL)
              --token TOKEN        the runner's token, shown when it was created (KUBIYA_RUNNER_TOKEN); others on this
                                   machine can see it in the list of processes: better the variable, or a file
              --token-file FILE    a file with the token (KUBIYA_RUNNER_TOKEN_FILE); a changed one is read again
              --name NAME          refuse to run with the token of another runner (KUBIYA_RUNNER_NAME)
              --labels A,B=C       what this machine is good for, for "auto:LABEL" (KUBIYA_RUNNER_LABELS)
              --concurrency N      runs at the same time, 16 (KUBIYA_RUNNER_CONCURRENCY)
              --state DIRECTORY    volumes and output that waits, ~/.kubiya/runners/NAME (KUBIYA_RUNNER_STATE)
              --grace SECONDS      how long runs may go on after SIGTERM, 600 (KUBIYA_RUNNER_GRACE)
              --executor WORD      auto, docker, podman, sandbox, host or kubernetes (KUBIYA_EXECUTOR)
              --allow-host-execution true
                                   tools may run as bare processes (KUBIYA_ALLOW_HOST_EXECUTION)
              --engine-arguments "A B"
                                   for the container engine's command line (KUBIYA_ENGINE_ARGUMENTS)
              --ca-file FILE       certificates to trust besides the usual ones, PEM (KUBIYA_CA_FILE)

            Jobs of the executor kubernetes: KUBIYA_KUBERNETES_CONTEXT (of the kubeconfig; else the cluster of the pod),
            _NAMESPACE, _SERVICE_ACCOUNT (whose token tools get), _PULL_SECRETS ("A B"), _IMAGE (of tools that name none,
            python:3-slim), _CPU (limit), _STORAGE_CLASS (of tools' volumes) and _START_SECONDS (600).
            Plans and applies of projects: KUBIYA_TERRAFORM (the program; else terraform or tofu on the PATH),
            KUBIYA_TERRAFORM_PLUGIN_DIR (a mirror of providers), _NETWORK (true), _TIMEOUT (seconds, 3600), _MEMORY_MB
            (4096) and _CONCURRENCY (4).
            KUBIYA_LOG (text, json) and KUBIYA_LOG_LEVEL say how it logs, on standard error.
            Exit codes: 0 ended as told, 1 failed, 2 wrong use, 3 the token is refused, 4 the server speaks another
            language or is none, 5 another process has this runner's state, 75 to be started again.
            """;

    private static final int MOST_RUNS = 1000;
    private static final int TERRAFORM_PROCESSES = 2000;
    private static final Duration TERRAFORM_GRACE = Duration.ofSeconds(60);
    private static final Map<String, String> FLAGS = Map.ofEntries(
            Map.entry("--url", "KUBIYA_URL"),
            Map.entry("--token", "KUBIYA_RUNNER_TOKEN"),
            Map.entry("--token-file", "KUBIYA_RUNNER_TOKEN_FILE"),
            Map.entry("--name", "KUBIYA_RUNNER_NAME"),
            Map.entry("--labels", "KUBIYA_RUNNER_LABELS"),
            Map.entry("--concurrency", "KUBIYA_RUNNER_CONCURRENCY"),
            Map.entry("--state", "KUBIYA_RUNNER_STATE"),
            Map.entry("--grace", "KUBIYA_RUNNER_GRACE"),
            Map.entry("--executor", "KUBIYA_EXECUTOR"),
            Map.entry("--allow-host-execution", "KUBIYA_ALLOW_HOST_EXECUTION"),
            Map.entry("--engine-arguments", "KUBIYA_ENGINE_ARGUMENTS"),
            Map.entry("--ca-file", "KUBIYA_CA_FILE"));

    /** Where a token is. */
    public sealed interface Token {
        record Given(String text) implements Token {
            /** Never prints the token. */
            @Override
            public String toString() {
                return "Given";
            }
        }

        record InFile(Path file) implements Token {}
    }

    /** What is wrong with the settings, each with what to do. */
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<String> problems;

        Wrong(List<String> problems) {
            super(String.join("; ", problems));
            this.problems = List.copyOf(problems);
        }

        public List<String> problems() {
            return problems;
        }
    }

    public static RunnerOptions read(List<String> arguments, Map<String, String> environment) throws Wrong {
        Map<String, String> values = new HashMap<>(environment);
        List<String> problems = new ArrayList<>();
        flags(arguments, values, problems);
        Reading reading = new Reading(values, problems);
        String name = reading.text("KUBIYA_RUNNER_NAME", "");
        Optional<URI> url = reading.url();
        Optional<Token> token = reading.token();
        RunnerOptions options = new RunnerOptions(
                url.orElse(URI.create("http://127.0.0.1")),
                token.orElse(new Token.Given("")),
                name,
                reading.list("KUBIYA_RUNNER_LABELS", ","),
                reading.number("KUBIYA_RUNNER_CONCURRENCY", 16, 1, MOST_RUNS),
                reading.path("KUBIYA_RUNNER_STATE")
                        .orElse(Path.of(
                                values.getOrDefault("HOME", System.getProperty("user.home", ".")),
                                ".kubiya",
                                "runners",
                                name.isEmpty() ? "default" : name))
                        .toAbsolutePath()
                        .normalize(),
                Duration.ofSeconds(reading.number("KUBIYA_RUNNER_GRACE", 600, 0, 7 * 86_400)),
                reading.executor(),
                reading.flag("KUBIYA_ALLOW_HOST_EXECUTION"),
                reading.list("KUBIYA_ENGINE_ARGUMENTS", "\\s+"),
                reading.jobs(),
                reading.terraform(),
                reading.number("KUBIYA_TERRAFORM_CONCURRENCY", 4, 1, MOST_RUNS),
                reading.path("KUBIYA_CA_FILE").orElse(null),
                reading.text("KUBIYA_LOG", "text").equals("json"));
        if (!problems.isEmpty()) {
            throw new Wrong(problems);
        }
        return options;
    }

    private static void flags(List<String> arguments, Map<String, String> values, List<String> problems) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String flag = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            String variable = FLAGS.get(flag);
            if (variable == null) {
                problems.add("there is no flag " + flag);
            } else if (flag.length() < argument.length()) {
                values.put(variable, argument.substring(equals + 1));
            } else if (i + 1 < arguments.size()) {
                values.put(variable, arguments.get(++i));
            } else {
                problems.add(flag + " needs a value");
            }
        }
    }

    /** Reads settings one by one and notes what is wrong with them. */
    private record Reading(Map<String, String> values, List<String> problems) {

        String text(String variable, String otherwise) {
            String text = values.getOrDefault(variable, "").trim();
            return text.isEmpty() ? otherwise : text;
        }

        Optional<Path> path(String variable) {
            String text = text(variable, "");
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        }

        List<String> list(String variable, String separator) {
            return Arrays.stream(text(variable, "").split(separator))
                    .map(String::trim)
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        boolean flag(String variable) {
            return flag(variable, "false");
        }

        boolean flag(String variable, String otherwise) {
            return switch (text(variable, otherwise)) {
                case "true", "1", "yes" -> true;
                case "false", "0", "no" -> false;
                default -> {
                    problems.add(variable + " must be true or false");
                    yield false;
                }
            };
        }

        int number(String variable, int otherwise, int least, int most) {
            String text = text(variable, Integer.toString(otherwise));
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Answered below, like a number out of range.
            }
            problems.add(variable + " must be a whole number from " + least + " to " + most + ", got \"" + text + "\"");
            return otherwise;
        }

        Choice executor() {
            try {
                return Choice.parse(text("KUBIYA_EXECUTOR", "auto"));
            } catch (IllegalArgumentException e) {
                problems.add("KUBIYA_EXECUTOR: " + e.getMessage());
                return Choice.AUTO;
            }
        }

        KubernetesConfig jobs() {
            String cpu = text("KUBIYA_KUBERNETES_CPU", "");
            if (!KubernetesConfig.isCpu(cpu)) {
                problems.add("KUBIYA_KUBERNETES_CPU " + KubernetesConfig.CPU_RULE + ", got \"" + cpu + "\"");
            }
            return new KubernetesConfig(
                    text("KUBIYA_KUBERNETES_CONTEXT", ""),
                    text("KUBIYA_KUBERNETES_NAMESPACE", ""),
                    text("KUBIYA_KUBERNETES_SERVICE_ACCOUNT", ""),
                    list("KUBIYA_KUBERNETES_PULL_SECRETS", "\\s+"),
                    text("KUBIYA_KUBERNETES_IMAGE", ""),
                    cpu,
                    text("KUBIYA_KUBERNETES_STORAGE_CLASS", ""),
                    Duration.ofSeconds(number(
                            "KUBIYA_KUBERNETES_START_SECONDS", KubernetesConfig.USUAL_START_SECONDS, 1, 86_400)));
        }

        TerraformSettings terraform() {
            int memory = number("KUBIYA_TERRAFORM_MEMORY_MB", 4096, 64, 1 << 20);
            RunLimits limits = new RunLimits(
                    Duration.ofSeconds(number("KUBIYA_TERRAFORM_TIMEOUT", 3600, 1, 7 * 86_400)),
                    (long) memory << 20,
                    TERRAFORM_PROCESSES,
                    (long) number("KUBIYA_TOOL_DISK_MB", 1024, 1, 1 << 20) << 20,
                    (long) number("KUBIYA_TOOL_OUTPUT_MB", 16, 1, 1 << 10) << 20);
            return new TerraformSettings(
                    text("KUBIYA_TERRAFORM", ""),
                    path("KUBIYA_TERRAFORM_PLUGIN_DIR").orElse(null),
                    flag("KUBIYA_TERRAFORM_NETWORK", "true"),
                    limits,
                    TERRAFORM_GRACE,
                    values.getOrDefault("PATH", "") + ":/usr/local/bin:/usr/bin:/bin");
        }

        Optional<URI> url() {
            String text = text("KUBIYA_URL", "");
            if (text.isEmpty()) {
                problems.add("say where the server is, with --url or KUBIYA_URL");
                return Optional.empty();
            }
            try {
                URI url = URI.create(text);
                boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
                if (web && url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
                    return Optional.of(url);
                }
            } catch (IllegalArgumentException e) {
                // Answered below, like a url of another kind.
            }
            problems.add("KUBIYA_URL must look like https://kubiya.example.com, got \"" + text + "\"");
            return Optional.empty();
        }

        Optional<Token> token() {
            String text = text("KUBIYA_RUNNER_TOKEN", "");
            Optional<Path> file = path("KUBIYA_RUNNER_TOKEN_FILE");
            if (!text.isEmpty()) {
                return Optional.of(new Token.Given(text));
            }
            if (file.isEmpty()) {
                problems.add("give the runner's token, with KUBIYA_RUNNER_TOKEN, KUBIYA_RUNNER_TOKEN_FILE or --token");
            }
            return file.map(Token.InFile::new);
        }
    }
}
