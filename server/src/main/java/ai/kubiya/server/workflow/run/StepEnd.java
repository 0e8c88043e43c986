package ai.kubiya.server.workflow.run;

import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.Status;
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

    StepEnd withError(String code, String why) {
        return new StepEnd(status, output, exitCode, code, why);
    }

    StepEnd as(StepStatus other) {
        return new StepEnd(other, output, exitCode, errorCode, error);
    }
}
