package ai.kubiya.server.agent.chat.loop;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Executions that outlive the loop, as those of the real platform do. */
final class ScriptedTools implements ToolCalls {
    /** Call id to execution id: what makes starting again harmless. */
    final Map<String, String> executions = new ConcurrentHashMap<>();

    final List<String> started = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final Set<String> lost = ConcurrentHashMap.newKeySet();
    final CountDownLatch awaited = new CountDownLatch(1);
    private final Map<String, ToolOutcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> stops = new ConcurrentHashMap<>();

    /** What a tool prints, line by line, before it ends well. */
    ScriptedTools prints(String tool, String output) {
        return ends(tool, new ToolOutcome(ToolOutcome.Status.COMPLETED, 0, output, null));
    }

    ScriptedTools ends(String tool, ToolOutcome outcome) {
        outcomes.put(tool, outcome);
        return this;
    }

    /** Runs until it is cancelled. */
    ScriptedTools hangs(String tool) {
        stops.put(tool, new CountDownLatch(1));
        return this;
    }

    @Override
    public synchronized String start(String callId, String toolName, String argumentsJson) throws ToolRefused {
        String known = executions.get(callId);
        if (known != null) {
            return known;
        }
        if (toolName.equals("refused")) {
            throw new ToolRefused("No runner is there for it.");
        }
        started.add(toolName + argumentsJson);
        String executionId = "exec-" + toolName + "-" + started.size();
        executions.put(callId, executionId);
        return executionId;
    }

    @Override
    public ToolOutcome await(String executionId, long afterSeq, OutputReader reader) throws InterruptedException {
        awaited.countDown();
        if (lost.contains(executionId)) {
            return new ToolOutcome(ToolOutcome.Status.LOST, null, "", null);
        }
        String tool = executionId.split("-")[1];
        CountDownLatch stop = stops.get(tool);
        if (stop != null) {
            stop.await();
            return new ToolOutcome(ToolOutcome.Status.CANCELLED, 143, "", null);
        }
        ToolOutcome outcome = outcomes.getOrDefault(tool, new ToolOutcome(ToolOutcome.Status.COMPLETED, 0, "", null));
        long seq = 0;
        for (String line : outcome.content().lines().limit(5).toList()) {
            seq++;
            if (seq > afterSeq) {
                reader.output(seq, "stdout", line + "\n");
            }
        }
        return outcome;
    }

    @Override
    public void cancel(String executionId) {
        cancelled.add(executionId);
        CountDownLatch stop = stops.get(executionId.split("-")[1]);
        if (stop != null) {
            stop.countDown();
        }
    }
}
