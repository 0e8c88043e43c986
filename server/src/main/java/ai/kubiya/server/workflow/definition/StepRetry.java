package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.http.JsonFields;
import java.time.Duration;

/**
 * How often a step that failed is tried again.
 *
 * @param limit attempts after the first; 0 = none
 * @param interval before the second attempt; it doubles up to {@code longest}
 */
public record StepRetry(int limit, Duration interval, Duration longest) {
    static final StepRetry NONE = new StepRetry(0, Duration.ZERO, Duration.ZERO);
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /** Reads {@code {limit, intervalSec, maxIntervalSec}}, also in snake case; notes what is wrong. */
    static StepRetry of(JsonFields step, String name) {
        if (!step.has(name)) {
            return NONE;
        }
        JsonFields fields = new JsonFields(step.object(name));
        int limit = fields.integer("limit", 0, 20).orElse(0L).intValue();
        long interval = seconds(fields, "intervalSec", "interval_seconds", 5);
        long longest = seconds(fields, "maxIntervalSec", "max_interval_seconds", 3600);
        fields.problems().forEach(problem -> step.problem("/" + name + problem.field(), problem.message()));
        return new StepRetry(limit, Duration.ofSeconds(interval), Duration.ofSeconds(longest));
    }

    private static long seconds(JsonFields fields, String name, String other, long usual) {
        return fields.integer(name, 0, DAY)
                .or(() -> fields.integer(other, 0, DAY))
                .orElse(usual);
    }

    /** @param failed attempts so far, from 1 */
    public Duration pauseAfter(int failed) {
        Duration pause = interval.multipliedBy(1L << Math.min(failed - 1, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
