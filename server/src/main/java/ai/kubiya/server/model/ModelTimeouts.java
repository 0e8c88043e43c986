package ai.kubiya.server.model;

import java.time.Duration;

/**
 * How long silence is borne.
 *
 * @param connect until the connection stands
 * @param betweenBytes until the first byte of the answer, and between any two after it; an answer as a whole may take
 *     as long as it keeps coming
 */
public record ModelTimeouts(Duration connect, Duration betweenBytes) {
    public static final ModelTimeouts DEFAULT = new ModelTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(120));
}
