package ai.kubiya.server.runner.presence;

import ai.kubiya.protocol.remote.ComponentReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a runner does, from what its processes last said.
 *
 * @param lastCheck when it was last heard of; null = never
 * @param version of its newest process; empty when none was ever heard of
 * @param components always those of {@link #COMPONENTS}
 */
public record Health(Status status, @Nullable Instant lastCheck, String version, Map<String, Component> components) {
    /** The parts that clients look at. */
    public static final List<String> COMPONENTS = List.of("tool_manager", "agent_manager");

    /** The wire name is the lower-case name. */
    public enum Status {
        HEALTHY,
        /** It can be reached, and a part of it is not well. */
        UNHEALTHY,
        OFFLINE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One part of a runner, over all its processes. */
    public record Component(Status status, String version, String error, Map<String, String> details) {}

    /**
     * The health of a runner.
     *
     * @param live processes that were heard of lately
     * @param lastSeen when the runner was last heard of
     */
    public static Health of(List<RunnerProcess> live, @Nullable Instant lastSeen, Instant now) {
        Map<String, Component> components = new TreeMap<>(Comparator.comparingInt(COMPONENTS::indexOf));
        COMPONENTS.forEach(name -> components.put(name, component(live, name, lastSeen, now)));
        boolean well = components.values().stream().allMatch(component -> component.status() == Status.HEALTHY);
        Status status = live.isEmpty() ? Status.OFFLINE : well ? Status.HEALTHY : Status.UNHEALTHY;
        return new Health(status, lastSeen, version(live), components);
    }

    private static String version(List<RunnerProcess> live) {
        return live.stream()
                .max(Comparator.comparing(RunnerProcess::startedAt))
                .map(RunnerProcess::version)
                .orElse("");
    }

    private static Component component(List<RunnerProcess> live, String name, @Nullable Instant lastSeen, Instant now) {
        List<ComponentReport> reports = live.stream()
                .map(process -> process.components().get(name))
                .filter(Objects::nonNull)
                .toList();
        if (reports.isEmpty()) {
            String error = live.isEmpty() ? silence(lastSeen, now) : "the runner does not say how this part does";
            return new Component(live.isEmpty() ? Status.OFFLINE : Status.UNHEALTHY, "", error, Map.of());
        }
        // One process that is well can do the work.
        ComponentReport best = reports.stream()
                .filter(report -> report.error().isEmpty())
                .findFirst()
                .orElse(reports.getFirst());
        String error = best.error().isEmpty()
                ? ""
                : reports.stream().map(ComponentReport::error).distinct().collect(Collectors.joining("; "));
        return new Component(
                error.isEmpty() ? Status.HEALTHY : Status.UNHEALTHY, best.version(), error, best.details());
    }

    private static String silence(@Nullable Instant lastSeen, Instant now) {
        return lastSeen == null
                ? "the runner has never been heard of; install it and start it"
                : "the runner has not been heard of for "
                        + Duration.between(lastSeen, now).toSeconds() + " s";
    }
}
