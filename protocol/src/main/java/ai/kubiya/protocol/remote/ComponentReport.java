package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * How a part of a runner does.
 *
 * @param error why it is not well; empty when it is
 * @param details more for people, such as the executors there are
 */
public record ComponentReport(String version, String error, Map<String, String> details) {
    public ComponentReport {
        requireNonNull(version, "version");
        requireNonNull(error, "error");
        details = Map.copyOf(details);
    }
}
