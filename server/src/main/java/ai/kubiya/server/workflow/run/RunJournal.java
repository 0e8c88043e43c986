package ai.kubiya.server.workflow.run;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.work.LeaseLost;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.workflow.definition.Step;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Writes down what becomes of a run: each fact with its event, and only as long as the run is in this server's hands. */
final class RunJournal {
    /** Somebody said no: asking again would change nothing. */
    private static final Set<String> FINAL = Set.of("rejected", "approval_expired", "cancelled");

    private final WorkflowTaker parts;
    private final RunStore store = new RunStore();
    private final Execution run;
    private final UUID token;

    RunJournal(WorkflowTaker parts, LeasedExecution leased) {
        this.parts = parts;
        this.run = leased.execution();
        this.token = leased.token();
    }

    Instant now() {
        return parts.clock.instant();
    }

    NewEvent event(String type, ObjectNode data) {
        return new NewEvent(now(), type, data);
    }

    void note(String type, ObjectNode data) {
        write(_ -> List.of(event(type, data)));
    }

    /** Makes other writes with the events that they answer. */
    void write(Function<Transaction, List<NewEvent>> writes) {
        if (!parts.leases.append(run.id(), token, writes)) {
            throw new LeaseLost(run.id());
        }
    }

    /** What runs for these steps, in their order. */
    Map<StepState, Execution> attempts(List<StepState> running) {
        Map<StepState, Execution> attempts = new LinkedHashMap<>();
        running.forEach(state -> attempts.put(state, find(Objects.requireNonNull(state.execution()))));
        return attempts;
    }

    Execution find(UUID id) {
        return parts.executions.find(run.organizationId(), id).orElseThrow();
    }

    /** The end of an attempt: there is another one, or it is the end of the step. */
    void judge(Step step, StepState state, int attempt, StepEnd end) {
        boolean failed = end.status() == StepStatus.FAILED;
        boolean mayRetry = end.errorCode() == null || !FINAL.contains(end.errorCode());
        if (failed && mayRetry && attempt <= step.retry().limit()) {
            Instant again = now().plus(step.retry().pauseAfter(attempt));
            write(transaction -> {
                store.postpone(transaction, run.id(), state, String.valueOf(end.error()), attempt, again);
                return List.of(event(
                        "step.retried",
                        state.about()
                                .put("message", end.error())
                                .put("attempt", attempt)
                                .put("next_attempt_at", Json.time(again))));
            });
            return;
        }
        boolean forgotten = failed
                && state.isWhole()
                && step.continueOn().markSuccess()
                && step.continueOn().forgives(end.exitCode());
        end(state, forgotten ? end.as(StepStatus.COMPLETED) : end);
    }

    void end(StepState state, StepEnd end) {
        write(transaction -> {
            Instant now = now();
            store.end(transaction, run.id(), state, end, now);
            ObjectNode data = state.about().put("message", end.error());
            if (end.status() == StepStatus.COMPLETED || end.status() == StepStatus.FAILED) {
                Instant started = state.startedAt();
                data.put("output", end.output())
                        .put("exit_code", end.exitCode())
                        .put("error_code", end.errorCode())
                        .put("duration_ms", millis(started == null ? now : started, now));
            }
            return List.of(event("step." + end.status().wireName(), data));
        });
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    /** The end of the run. */
    void end(Ending ending, List<NewEvent> events) {
        Instant started = find(run.id()).startedAt();
        Instant now = now();
        Ending timed = new Ending(
                ending.status(),
                null,
                ending.errorCode(),
                ending.errorMessage(),
                millis(started == null ? now : started, now),
                0,
                0);
        if (!parts.leases.end(run.id(), token, timed, events)) {
            throw new LeaseLost(run.id());
        }
    }
}
