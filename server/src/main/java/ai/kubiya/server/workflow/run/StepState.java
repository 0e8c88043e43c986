package ai.kubiya.server.workflow.run;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run, or one item of it.
 *
 * @param item from 0; {@link #WHOLE} = the step itself
 * @param position among the steps, from 0
 * @param value the item
 * @param execution that of the last attempt
 * @param notBefore when a pending one may be tried again
 */
public record StepState(
        String name,
        int item,
        int position,
        StepStatus status,
        int attempt,
        @Nullable JsonNode value,
        @Nullable UUID execution,
        @Nullable String output,
        @Nullable Integer exitCode,
        @Nullable String errorCode,
        @Nullable String error,
        @Nullable Instant notBefore,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    public static final int WHOLE = -1;

    public boolean isWhole() {
        return item == WHOLE;
    }

    /** The beginning of events about it. */
    ObjectNode about() {
        ObjectNode data = Json.object().put("step", name);
        return isWhole() ? data : data.put("item", item);
    }
}
