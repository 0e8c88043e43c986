package ai.kubiya.server.runner.install;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a runner needs to be told where it is installed.
 *
 * @param url where the runner reaches the server
 * @param image the container image of the runner
 * @param executor where it runs tools: {@code sandbox} or {@code kubernetes}
 */
public record Installation(
        String organization,
        UUID runnerId,
        String runner,
        String namespace,
        List<String> labels,
        @Nullable Integer concurrency,
        String url,
        String token,
        String image,
        String executor) {
    public static final String SANDBOX = "sandbox";
    public static final String KUBERNETES = "kubernetes";
    private static final String DEFAULT_NAMESPACE = "kubiya";
    private static final int LONGEST = 52;

    public Installation {
        namespace = namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace;
    }

    boolean runsJobs() {
        return executor.equals(KUBERNETES);
    }

    /** What Kubernetes calls the runner's objects. */
    public String objectName() {
        String name = "kubiya-runner-" + runner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST - 9) + "-" + String.format(Locale.ROOT, "%08x", runner.hashCode());
    }

    /** Never prints the token. */
    @Override
    public String toString() {
        return "Installation[" + runner + "]";
    }
}
