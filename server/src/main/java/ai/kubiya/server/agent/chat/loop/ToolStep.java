package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUsage;
import ai.kubiya.server.model.ToolRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the tool calls of one answer side by side until each has a result in the ledger. */
final class ToolStep {
    /** A runner needs a moment to stop a tool; after it the turn ends without knowing. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final TurnAgent agent;
    private final ToolCalls tools;
    private final TurnLedger ledger;
    private final Supplier<String> ids;
    private final Cancellation cancellation;

    ToolStep(TurnAgent agent, ToolCalls tools, TurnLedger ledger, Supplier<String> ids, Cancellation cancellation) {
        this.agent = agent;
        this.tools = tools;
        this.ledger = ledger;
        this.ids = ids;
        this.cancellation = cancellation;
    }

    private record Running(ToolRequest call, String executionId) {}

    /** @return executions that wait for people when nothing else is left to be done; mostly none */
    List<String> run(List<ToolRequest> calls) throws InterruptedException {
        List<Running> running = new ArrayList<>();
        for (ToolRequest call : calls) {
            // What was started before a crash has to be awaited, and stopped, even when the turn is cancelled by now.
            String executionId =
                    ledger.read(state -> state.executionOf(call.id())).orElse(null);
            if (executionId == null && !cancellation.isCancelled()) {
                executionId = start(call);
            }
            if (executionId != null) {
                running.add(new Running(call, executionId));
            }
        }
        List<Running> waiting = running.stream()
                .filter(each -> tools.isWaiting(each.executionId()))
                .toList();
        awaitAll(running.stream().filter(each -> !waiting.contains(each)).toList());
        if (cancellation.isCancelled()) {
            awaitAll(waiting);
            return List.of();
        }
        // Somebody may have decided while others ran.
        boolean nothingElse = waiting.stream().allMatch(each -> tools.isWaiting(each.executionId()));
        return nothingElse ? waiting.stream().map(Running::executionId).toList() : List.of();
    }

    private @Nullable String start(ToolRequest call) throws InterruptedException {
        String problem = ToolArguments.problem(agent, call);
        if (problem != null) {
            notRun(call, TurnState.INVALID, problem);
            return null;
        }
        try {
            String executionId = tools.start(call.id(), call.name(), call.argumentsJson());
            List<TurnEvent> told = new ArrayList<>();
            told.add(new TurnEvent.ToolCall(call.id(), call.name(), ToolArguments.shown(call), executionId));
            for (JsonNode approval : tools.approvals(executionId)) {
                told.add(new TurnEvent.ApprovalRequired(
                        call.id(), executionId, approval.path("id").asText(), approval));
            }
            ledger.tell(told.toArray(TurnEvent[]::new));
            return executionId;
        } catch (ToolRefused e) {
            notRun(call, "refused", e.getMessage() == null ? "The tool cannot be run." : e.getMessage());
            return null;
        }
    }

    private void notRun(ToolRequest call, String status, String why) {
        ledger.record(List.of(
                new TurnEntry.Told(new TurnEvent.ToolCall(call.id(), call.name(), ToolArguments.shown(call), null)),
                new TurnEntry.Told(new TurnEvent.ToolResult(call.id(), null, status, null, why)),
                stored(call, why, true)));
    }

    private void awaitAll(List<Running> running) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        CompletableFuture<Void> firstSignal = new CompletableFuture<>();
        for (Running each : running) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            threads.add(Thread.ofVirtual().name("tool-call").start(() -> {
                try {
                    await(each);
                    end.complete(null);
                } catch (Throwable failure) {
                    end.completeExceptionally(failure);
                    firstSignal.completeExceptionally(failure);
                }
            }));
        }
        try {
            waitFor(running, ends, firstSignal);
        } finally {
            // Nobody writes to the journal after this method is left, whichever way it is left.
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        // Those that were interrupted after the grace have written their results by now.
        ends.forEach(CompletableFuture::join);
    }

    private void waitFor(List<Running> running, List<CompletableFuture<Void>> ends, CompletableFuture<Void> firstSignal)
            throws InterruptedException {
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        try (Cancellation.Registration _ = cancellation.onCancel(() -> firstSignal.complete(null))) {
            CompletableFuture.anyOf(all, firstSignal).get();
            if (!all.isDone()) {
                running.forEach(each -> tools.cancel(each.executionId()));
                all.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            // Interrupting them, which comes next, ends them.
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private void await(Running running) throws InterruptedException {
        ToolRequest call = running.call();
        String executionId = running.executionId();
        long afterSeq = ledger.read(state -> state.lastOutput(executionId));
        ToolOutcome outcome;
        try {
            outcome = tools.await(
                    executionId,
                    afterSeq,
                    (seq, stream, content) ->
                            ledger.tell(new TurnEvent.ToolOutput(call.id(), executionId, seq, stream, content)));
        } catch (InterruptedException e) {
            if (!cancellation.isCancelled()) {
                throw e;
            }
            outcome = new ToolOutcome(ToolOutcome.Status.CANCELLED, null, "", "It did not stop in time.");
        }
        String text = ToolText.of(outcome, agent.limits().toolResultBytes());
        ledger.record(List.of(
                new TurnEntry.Told(new TurnEvent.ToolResult(
                        call.id(), executionId, outcome.status().word(), outcome.exitCode(), text)),
                stored(call, text, outcome.status() != ToolOutcome.Status.COMPLETED)));
    }

    private TurnEntry stored(ToolRequest call, String content, boolean isError) {
        return new TurnEntry.Stored(
                "msg_" + ids.get(),
                new ModelMessage.ToolResult(call.id(), call.name(), content, isError),
                ModelUsage.NONE);
    }
}
