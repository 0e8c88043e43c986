package ai.kubiya.server.workflow.run;

import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a step ends. */
record StepEnd(
        StepStatus status,
        @Nullable String output,
        @Nullable Integer exitCode,
        @Nullable String errorCode,
        @Nullable String error) {

    static StepEnd completed(String output, @Nullable Integer exitCode) {
        return new StepEnd(StepStatus.COMPLETED, output, exitCode, null, null);
    }

    static StepEnd without(StepStatus status, String why) {
        return new StepEnd(status, null, null, null, why);
    }

    static StepEnd failed(String errorCode, String why) {
        return new StepEnd(StepStatus.FAILED, null, null, errorCode, why);
    }

    /** What became of an attempt. */
    static StepEnd of(Execution execution, String output) {
        if (execution.status() == Status.COMPLETED) {
            return completed(output, execution.exitCode());
        }
        String why = execution.errorMessage();
        return new StepEnd(
                StepStatus.FAILED,
                output,
                execution.exitCode(),
                execution.errorCode(),
                why == null ? "It " + execution.status().wireName() + "." : why);
    }

    /** An attempt that could not be begun. */
    static StepEnd refused(ApiException refusal) {
        String why = refusal.problems().isEmpty()
                ? refusal.details()
                : String.join(
                        "; ",
                        refusal.problems().stream()
                                .map(problem -> problem.field() + " " + problem.message())
                                .toList());
        return failed("not_started", "It could not be begun: " + why);
    }

    /** What the items of a step make of it. */
    static StepEnd gathered(List<StepState> items) {
        ArrayNode all = Json.array();
        items.forEach(item -> all.add(item.output() == null ? "" : item.output()));
        Optional<StepState> failed = items.stream()
                .filter(item -> item.status() == StepStatus.FAILED)
                .findFirst();
        StepEnd completed = StepEnd.completed(Json.text(all), null);
        return failed.map(item -> new StepEnd(
                        StepStatus.FAILED,
                        completed.output(),
                        item.exitCode(),
                        item.errorCode(),
                        "Item " + item.item() + ": " + item.error()))
                .orElse(completed);
    }

    StepEnd withError(String code, String why) {
        return new StepEnd(status, output, exitCode, code, why);
    }

    StepEnd as(StepStatus other) {
        return new StepEnd(other, output, exitCode, errorCode, error);
    }
}
