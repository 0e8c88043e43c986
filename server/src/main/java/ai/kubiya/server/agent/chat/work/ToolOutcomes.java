package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.agent.chat.loop.ToolOutcome;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import java.util.stream.Collectors;

/** What became of a tool's call, for a model that made it. */
public final class ToolOutcomes {
    private ToolOutcomes() {}

    /** @param execution one that is over; any other counts as lost */
    public static ToolOutcome of(Execution execution, String output) {
        ToolOutcome.Status status = switch (execution.status()) {
            case COMPLETED -> ToolOutcome.Status.COMPLETED;
            case FAILED ->
                "timed_out".equals(execution.errorCode()) ? ToolOutcome.Status.TIMED_OUT : ToolOutcome.Status.FAILED;
            case CANCELLED -> ToolOutcome.Status.CANCELLED;
            case LOST, WAITING, QUEUED, LEASED, RUNNING -> ToolOutcome.Status.LOST;
        };
        // What a tool's own exit code means, its output says; the other sentences are the loop's own.
        String message =
                status == ToolOutcome.Status.FAILED && execution.exitCode() == null ? execution.errorMessage() : null;
        return new ToolOutcome(status, execution.exitCode(), output, message);
    }

    /** Why nothing was run; arguments by the names that the model knows. */
    public static String refusal(ApiException refusal) {
        return refusal.problems().isEmpty()
                ? refusal.details()
                : refusal.problems().stream().map(ToolOutcomes::sentence).collect(Collectors.joining("; ", "", "."));
    }

    private static String sentence(FieldProblem problem) {
        String field = problem.field().replaceFirst("^/args/", "");
        return field.startsWith("/") ? problem.message() : field + " " + problem.message();
    }
}
