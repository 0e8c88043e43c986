package ai.kubiya.server.task;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * How often something that failed is tried again, and when.
 *
 * @param limit attempts after the first; 0 = none
 * @param interval before the second attempt; it doubles from attempt to attempt
 * @param longest interval
 */
public record RetryRule(int limit, Duration interval, Duration longest) {
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /** Reads {@code {limit, interval_seconds, max_interval_seconds}} and notes what is wrong. */
    static RetryRule of(JsonFields body, String name) {
        JsonFields fields = new JsonFields(body.object(name));
        RetryRule rule = new RetryRule(
                fields.integer("limit", 0, 20).orElse(0L).intValue(),
                Duration.ofSeconds(fields.integer("interval_seconds", 0, DAY).orElse(30L)),
                Duration.ofSeconds(
                        fields.integer("max_interval_seconds", 0, DAY).orElse(3600L)));
        fields.problems().forEach(problem -> body.problem("/" + name + problem.field(), problem.message()));
        return rule;
    }

    ObjectNode toJson() {
        return Json.object()
                .put("limit", limit)
                .put("interval_seconds", interval.toSeconds())
                .put("max_interval_seconds", longest.toSeconds());
    }

    /** @param failed attempts so far, from 1 */
    Duration pauseAfter(int failed) {
        Duration pause = interval.multipliedBy(1L << Math.min(failed - 1, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
