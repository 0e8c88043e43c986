package ai.kubiya.runner.kubernetes;

import ai.kubiya.protocol.RunService;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.executor.Job;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.script.ContentStart;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a run's pod reads from its Secret: scripts, files and the values of all environment variables. A Job can be read by
 * more people than a Secret, and nothing that a tool's author or caller wrote is a matter of theirs.
 */
final class RunSecret {
    static final String PLACE = "/kubiya";
    static final String CONTENT = "tool";
    static final String START = "start";
    static final String ON_START = "on_start";
    /** Names the content for an entrypoint that takes it as a word. */
    static final String CONTENT_VARIABLE = "KUBIYA_TOOL_CONTENT";

    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

    private final String name;
    private final Map<String, String> data = new LinkedHashMap<>();
    private final List<EnvVar> environment = new ArrayList<>();
    private final List<List<EnvVar>> ofServices = new ArrayList<>();

    private RunSecret(String name) {
        this.name = name;
    }

    static RunSecret of(Job job, String name) throws NotStartedException {
        RunSecret secret = new RunSecret(name);
        ToolRun run = job.run();
        secret.data.put(CONTENT, job.content());
        secret.data.put(START, new ContentStart(run, job.content(), PLACE).searchingScript());
        if (run.onStart() != null) {
            secret.data.put(ON_START, run.onStart());
        }
        for (int i = 0; i < run.files().size(); i++) {
            secret.data.put(file(i), run.files().get(i).content());
        }
        secret.variables("env", job.environment(), secret.environment);
        secret.environment.add(secret.reference(CONTENT_VARIABLE, CONTENT));
        for (int i = 0; i < run.services().size(); i++) {
            RunService service = run.services().get(i);
            List<EnvVar> variables = new ArrayList<>();
            secret.variables("service" + i + "-env", service.environment(), variables);
            secret.ofServices.add(variables);
        }
        secret.refuseTooMuch();
        return secret;
    }

    static String file(int number) {
        return "file" + number;
    }

    Map<String, String> data() {
        return data;
    }

    /** The tool's environment, each variable by reference. */
    List<EnvVar> environment(boolean withContent) {
        return withContent ? environment : environment.subList(0, environment.size() - 1);
    }

    List<EnvVar> environmentOfService(int number) {
        return ofServices.get(number);
    }

    private void variables(String prefix, Map<String, String> values, List<EnvVar> into) throws NotStartedException {
        for (Map.Entry<String, String> variable : values.entrySet()) {
            if (!VARIABLE.matcher(variable.getKey()).matches()) {
                throw new NotStartedException("the environment variable \"" + variable.getKey()
                        + "\" has a name that Kubernetes does not take: letters, digits, _, - and . are allowed");
            }
            String key = prefix + into.size();
            data.put(key, variable.getValue());
            into.add(reference(variable.getKey(), key));
        }
    }

    private EnvVar reference(String variable, String key) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, name, false)
                .endValueFrom()
                .build();
    }

    private void refuseTooMuch() throws NotStartedException {
        long bytes = data.values().stream()
                .mapToLong(value -> value.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > MOST_BYTES) {
            throw new NotStartedException("the tool's scripts, files, arguments and secrets have " + bytes
                    + " bytes together, and a run in Kubernetes takes 1 MiB of them: fetch large files in the tool");
        }
    }
}
