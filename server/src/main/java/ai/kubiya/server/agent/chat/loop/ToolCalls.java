package ai.kubiya.server.agent.chat.loop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Runs the tool calls of one turn as executions. */
public interface ToolCalls {
    /**
     * Starts a call, once: asked again with the same call id, after a crash that came before the execution's id was
     * written down, it gives the execution that is there already.
     *
     * @return the id of the execution
     * @throws ToolRefused when nothing was started and nothing will be
     */
    String start(String callId, String toolName, String argumentsJson) throws ToolRefused, InterruptedException;

    /**
     * Waits for an execution to end, however long it takes, started by this process or another. An execution that
     * cannot be found or whose runner vanished has ended as {@link ToolOutcome.Status#LOST}.
     *
     * @param afterSeq outputs up to this one were reported before; 0 for none
     * @param reader told of outputs in order, on the calling thread
     */
    ToolOutcome await(String executionId, long afterSeq, OutputReader reader) throws InterruptedException;

    /** What people have to agree to before an execution runs, as readers are told. */
    default List<JsonNode> approvals(String executionId) {
        return List.of();
    }

    /** Whether an execution waits for people, and may do so for days. */
    default boolean isWaiting(String executionId) {
        return false;
    }

    /** Asks for an execution to end; {@link #await} returns soon after. Nothing happens when it is over. */
    void cancel(String executionId);

    /** Reads what a tool prints. */
    @FunctionalInterface
    interface OutputReader {
        /** @param seq rising, from 1 */
        void output(long seq, String stream, String content);
    }
}
