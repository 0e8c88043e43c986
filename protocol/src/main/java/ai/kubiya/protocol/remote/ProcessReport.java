package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a process of a runner says of itself.
 *
 * @param protocol {@link Wire#VERSION} that it speaks
 * @param instance its state directory's name, the same after a restart: what an earlier process of the same instance held
 *     has no holder any more
 * @param boot this start of the program
 * @param version of the program
 * @param labels what it is good for, {@code gpu} or {@code region=eu}
 * @param concurrency runs that it takes at one time
 * @param running runs that it has now
 * @param draining it takes no more work
 * @param components {@code tool_manager}: can it execute; {@code agent_manager}: does it take work
 * @param capabilities what it understands besides runs of tools, such as {@code terraform}; older programs say nothing
 */
public record ProcessReport(
        int protocol,
        UUID instance,
        UUID boot,
        String host,
        String platform,
        String version,
        List<String> labels,
        int concurrency,
        int running,
        boolean draining,
        Map<String, ComponentReport> components,
        @Nullable List<String> capabilities) {
    public ProcessReport {
        requireNonNull(instance, "instance");
        requireNonNull(boot, "boot");
        requireNonNull(host, "host");
        requireNonNull(platform, "platform");
        requireNonNull(version, "version");
        labels = List.copyOf(labels);
        components = Map.copyOf(components);
        capabilities = capabilities == null ? List.of() : List.copyOf(capabilities);
    }

    /** Never null: whoever says nothing has none. */
    @Override
    public List<String> capabilities() {
        return capabilities == null ? List.of() : capabilities;
    }
}
