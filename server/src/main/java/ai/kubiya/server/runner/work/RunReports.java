package ai.kubiya.server.runner.work;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** What runners report, in the words of executions. */
final class RunReports {
    private RunReports() {}

    static List<NewEvent> events(List<RunEvent> events) {
        return events.stream().map(RunReports::event).toList();
    }

    private static NewEvent event(RunEvent event) {
        return switch (event) {
            case RunEvent.Output output ->
                new NewEvent(
                        output.at(),
                        "log",
                        Json.object().put("stream", output.stream()).put("content", output.content()));
            case RunEvent.Started started ->
                new NewEvent(
                        started.at(),
                        "status",
                        Json.object().put("status", "running").put("executor", started.executor()));
            case RunEvent.Warning warning -> {
                ObjectNode data = Json.object().put("code", warning.code()).put("message", warning.message());
                ObjectNode details = data.putObject("details");
                warning.details().forEach(details::put);
                yield new NewEvent(warning.at(), "warning", data);
            }
        };
    }

    static Ending ending(RunOutcome outcome) {
        Status status = switch (outcome.result()) {
            case COMPLETED -> Status.COMPLETED;
            case CANCELLED -> Status.CANCELLED;
            case FAILED, TIMED_OUT, OUT_OF_MEMORY, TOO_MANY_PROCESSES, OUT_OF_DISK, NOT_STARTED -> Status.FAILED;
        };
        String code = switch (outcome.result()) {
            case COMPLETED -> null;
            case FAILED -> "tool_failed";
            case CANCELLED, TIMED_OUT, OUT_OF_MEMORY, TOO_MANY_PROCESSES, OUT_OF_DISK, NOT_STARTED ->
                outcome.result().name().toLowerCase(Locale.ROOT);
        };
        return new Ending(
                status,
                outcome.exitCode(),
                code,
                outcome.message(),
                outcome.durationMillis(),
                outcome.outputBytes(),
                outcome.droppedBytes());
    }
}
