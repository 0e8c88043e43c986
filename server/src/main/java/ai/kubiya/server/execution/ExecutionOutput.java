package ai.kubiya.server.execution;

import ai.kubiya.server.db.Transaction;
import java.util.List;
import java.util.stream.Collectors;

/** What an execution brought: the end of what a tool printed, the answer of an agent, the outputs of a workflow. */
public final class ExecutionOutput {
    private final ExecutionService executions;
    private final int longest;
    private final int events;

    /**
     * Reads outputs.
     *
     * @param longest characters, from the end
     * @param events of a log that are read at most, from the end
     */
    public ExecutionOutput(ExecutionService executions, int longest, int events) {
        this.executions = executions;
        this.longest = longest;
        this.events = events;
    }

    public String of(Transaction transaction, Execution execution) {
        return switch (execution.kind()) {
            case TOOL, STEP, TERRAFORM ->
                end(executions.lastEvents(transaction, execution.id(), "log", events).reversed().stream()
                        .filter(event -> event.data().path("stream").asText().equals("stdout"))
                        .map(ExecutionOutput::content)
                        .collect(Collectors.joining()));
            case AGENT_TURN -> last(executions.lastEvents(transaction, execution.id(), "message", 1));
            case WORKFLOW -> last(executions.lastEvents(transaction, execution.id(), "workflow.output", 1));
        };
    }

    private String last(List<ExecutionEvent> events) {
        return events.isEmpty() ? "" : end(content(events.getFirst()));
    }

    private static String content(ExecutionEvent event) {
        return event.data().path("content").asText();
    }

    private String end(String text) {
        int from = Math.max(0, text.length() - longest);
        return text.substring(from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
