package ai.kubiya.server.task;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.execution.ExecutionService;
import java.util.List;
import java.util.stream.Collectors;

/** What an attempt brought: the end of what a tool printed, or the answer of an agent. */
final class TaskOutput {
    private static final int LONGEST = 16 << 10;
    private static final int EVENTS = 200;

    private final ExecutionService executions;

    TaskOutput(ExecutionService executions) {
        this.executions = executions;
    }

    String of(Transaction transaction, Execution execution) {
        return switch (execution.kind()) {
            case TOOL, STEP, TERRAFORM ->
                end(executions.lastEvents(transaction, execution.id(), "log", EVENTS).reversed().stream()
                        .filter(event -> event.data().path("stream").asText().equals("stdout"))
                        .map(TaskOutput::content)
                        .collect(Collectors.joining()));
            case AGENT_TURN -> last(executions.lastEvents(transaction, execution.id(), "message", 1));
            case WORKFLOW -> last(executions.lastEvents(transaction, execution.id(), "workflow.output", 1));
        };
    }

    private static String last(List<ExecutionEvent> events) {
        return events.isEmpty() ? "" : end(content(events.getFirst()));
    }

    private static String content(ExecutionEvent event) {
        return event.data().path("content").asText();
    }

    private static String end(String text) {
        int from = Math.max(0, text.length() - LONGEST);
        return text.substring(from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
