package ai.kubiya.server.runner;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.protocol.WorkSource;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Gives the embedded runner its work straight from the queue. */
public final class EmbeddedWorkSource implements WorkSource {
    private final Leases leases;
    private final Function<Execution, ToolRun> runs;

    public EmbeddedWorkSource(Leases leases, Function<Execution, ToolRun> runs) {
        this.leases = leases;
        this.runs = runs;
    }

    @Override
    public Optional<Lease> lease(Duration wait) throws InterruptedException {
        Optional<LeasedExecution> leased = leases.next(Kind.TOOL, Runners.LOCAL, wait);
        if (leased.isEmpty()) {
            return Optional.empty();
        }
        Execution execution = leased.get().execution();
        try {
            ToolRun run = runs.apply(execution);
            return Optional.of(new Lease(execution.id(), leased.get().token(), execution.attempt(), run));
        } catch (ApiException e) {
            fail(leased.get(), "The run could not be prepared: " + e.details());
            return Optional.empty();
        } catch (RuntimeException e) {
            fail(leased.get(), "The run could not be prepared; the server's log says why.");
            throw e;
        }
    }

    private void fail(LeasedExecution leased, String message) {
        leases.end(
                leased.execution().id(), leased.token(), Ending.of(Status.FAILED, "not_started", message), List.of());
    }

    @Override
    public Wish heartbeat(Lease lease) {
        return leases.heartbeat(lease.executionId(), lease.token())
                .map(cancelled -> cancelled ? Wish.CANCEL : Wish.CONTINUE)
                .orElse(Wish.ABANDON);
    }

    @Override
    public void append(Lease lease, List<RunEvent> events) {
        List<NewEvent> rows = events.stream().map(EmbeddedWorkSource::event).toList();
        if (!leases.append(lease.executionId(), lease.token(), rows)) {
            throw lost(lease);
        }
    }

    @Override
    public void finish(Lease lease, RunOutcome outcome) {
        if (!leases.end(lease.executionId(), lease.token(), ending(outcome), List.of())) {
            throw lost(lease);
        }
    }

    private static LeaseLostException lost(Lease lease) {
        return new LeaseLostException("the lease of " + lease.executionId() + " is over");
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

    private static Ending ending(RunOutcome outcome) {
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
