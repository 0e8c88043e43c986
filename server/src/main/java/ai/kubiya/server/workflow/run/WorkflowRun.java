package ai.kubiya.server.workflow.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionOutput;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.workflow.definition.Parallel;
import ai.kubiya.server.workflow.definition.Precondition;
import ai.kubiya.server.workflow.definition.Step;
import ai.kubiya.server.workflow.step.References;
import ai.kubiya.server.workflow.step.RunContext;
import ai.kubiya.server.workflow.step.StepStart;
import ai.kubiya.server.workflow.step.StepTargets;
import ai.kubiya.server.workflow.step.Variables;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run, in the hands of one server. Everything it decides is written together with what follows from it and with the
 * lease, so that whoever takes it up next reads where it stands and neither forgets a step nor does one again.
 */
final class WorkflowRun {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final int OUTPUT_CHARACTERS = 256 << 10;
    private static final int OUTPUT_EVENTS = 5000;
    private static final String TIMED_OUT = "timed_out";

    private final WorkflowTaker parts;
    private final RunStore store = new RunStore();
    private final Execution execution;
    private final RunJournal journal;
    private final WorkflowSpec spec;
    private final Caller caller;
    private final Cancellation cancellation;
    private final ExecutionOutput outputs;
    private final RunContext context;
    private @Nullable Instant deadline;

    WorkflowRun(
            WorkflowTaker parts, LeasedExecution leased, WorkflowSpec spec, Caller caller, Cancellation cancellation) {
        this.parts = parts;
        this.execution = leased.execution();
        this.journal = new RunJournal(parts, leased);
        this.spec = spec;
        this.caller = caller;
        this.cancellation = cancellation;
        this.outputs = new ExecutionOutput(parts.executions, OUTPUT_CHARACTERS, OUTPUT_EVENTS);
        Set<String> secrets =
                parts.secrets.of(execution.organizationId(), execution.id()).keySet();
        this.context = new RunContext(execution.id(), caller, spec.runner(), spec.depth(), secrets);
    }

    /** Goes on until it is over, or until all that runs waits for people; then answers those that wait. */
    List<UUID> take() throws InterruptedException {
        String topic = StepEnds.topic(execution.id());
        try (Signals.Subscription changes = parts.signals.subscribe(topic);
                Cancellation.Registration _ = cancellation.onCancel(() -> parts.signals.signal(topic))) {
            Board board = board();
            if (board.wholes(StepStatus.PENDING).size()
                    == spec.workflow().steps().size()) {
                journal.note(
                        "workflow.started",
                        Json.object()
                                .put("name", spec.workflow().name())
                                .put("steps", spec.workflow().steps().size()));
            }
            deadline = findDeadline();
            while (true) {
                if (cancellation.isCancelled()) {
                    stop(changes, Ending.of(Status.CANCELLED, "cancelled", "It was cancelled."));
                    return List.of();
                }
                if (isLate()) {
                    String why = "It took longer than " + spec.workflow().timeout() + " seconds.";
                    stop(changes, Ending.of(Status.FAILED, TIMED_OUT, why));
                    return List.of();
                }
                board = board();
                Map<StepState, Execution> attempts = journal.attempts(board.running());
                if (settle(board, attempts) || begin(board)) {
                    continue;
                }
                if (board.isOver()) {
                    finish(board);
                    return List.of();
                }
                Optional<Instant> next = next(board, attempts);
                boolean allWait = attempts.values().stream().allMatch(attempt -> attempt.status() == Status.WAITING);
                if (!attempts.isEmpty() && next.isEmpty() && allWait) {
                    return attempts.values().stream().map(Execution::id).toList();
                }
                Duration left = next.map(time -> Duration.between(journal.now(), time))
                        .filter(time -> time.compareTo(LOOK_AGAIN) < 0)
                        .orElse(LOOK_AGAIN);
                changes.await(left.isNegative() ? Duration.ofMillis(1) : left.plusMillis(1));
            }
        }
    }

    private Board board() {
        return new Board(
                spec,
                parts.database.read(
                        transaction -> store.steps(transaction, execution.organizationId(), execution.id())));
    }

    private boolean isLate() {
        return deadline != null && journal.now().isAfter(deadline);
    }

    /** Known once it runs. */
    private @Nullable Instant findDeadline() {
        Long timeout = spec.workflow().timeout();
        Instant started = timeout == null ? null : journal.find(execution.id()).startedAt();
        return timeout == null || started == null ? null : started.plusSeconds(timeout);
    }

    // Ends of attempts

    /** Judges attempts that ended and stops those that take too long. True when something changed. */
    private boolean settle(Board board, Map<StepState, Execution> attempts) {
        boolean changed = false;
        for (Map.Entry<StepState, Execution> running : attempts.entrySet()) {
            StepState state = running.getKey();
            Execution attempt = running.getValue();
            Step step = board.step(state);
            if (attempt.status().isOver()) {
                journal.judge(step, state, state.attempt(), end(step, state, attempt));
                changed = true;
            } else if (isLate(step, attempt) && state.errorCode() == null) {
                journal.write(transaction -> {
                    store.stopping(transaction, execution.id(), state, TIMED_OUT);
                    return List.of();
                });
                var _ = parts.executions.cancelIfAny(caller, attempt.id());
            }
        }
        for (StepState whole : board.fannedOut()) {
            List<StepState> items = board.items(whole);
            if (items.stream().allMatch(item -> item.status().isOver())) {
                journal.end(whole, StepEnd.gathered(items));
                changed = true;
            }
        }
        return changed;
    }

    private StepEnd end(Step step, StepState state, Execution attempt) {
        String output = parts.database
                .read(transaction -> outputs.of(transaction, attempt))
                .stripTrailing();
        StepEnd end = StepEnd.of(attempt, output);
        return TIMED_OUT.equals(state.errorCode()) && end.status() != StepStatus.COMPLETED
                ? end.withError(TIMED_OUT, "It took longer than " + step.timeout() + " seconds.")
                : end;
    }

    private boolean isLate(Step step, Execution attempt) {
        return deadline(step, attempt)
                .filter(time -> journal.now().isAfter(time))
                .isPresent();
    }

    private static Optional<Instant> deadline(Step step, Execution attempt) {
        Instant started = attempt.startedAt();
        return step.timeout() == null || started == null || StepTargets.stopsByItself(step.type())
                ? Optional.empty()
                : Optional.of(started.plusSeconds(step.timeout()));
    }

    // Beginnings of attempts

    /** Begins what is ready and passes over what will not be. True when something changed. */
    private boolean begin(Board board) {
        boolean changed = false;
        for (StepState state : board.wholes(StepStatus.PENDING)) {
            Step step = board.step(state);
            changed |= switch (board.readiness(step)) {
                case NOT_YET -> false;
                case BLOCKED -> pass(state, StepStatus.CANCELLED, "What it depends on failed.");
                case PASSED_OVER -> pass(state, StepStatus.SKIPPED, "What it depends on was skipped.");
                case READY -> begin(board, step, state);
            };
        }
        for (StepState whole : board.fannedOut()) {
            changed |= beginItems(board, board.step(whole), whole);
        }
        return changed;
    }

    private boolean pass(StepState state, StepStatus status, String why) {
        journal.end(state, StepEnd.without(status, why));
        return true;
    }

    private boolean begin(Board board, Step step, StepState state) {
        if (!isDue(state)) {
            return false;
        }
        Variables variables = board.variables();
        if (state.attempt() == 0) {
            Optional<Precondition> unmet = step.preconditions().stream()
                    .filter(condition -> !condition.holds(text -> References.resolve(text, variables::get)))
                    .findFirst();
            if (unmet.isPresent()) {
                return pass(state, StepStatus.SKIPPED, "This does not hold: " + unmet.get());
            }
        }
        return step.parallel() == null
                ? attempt(step, state, variables)
                : fanOut(step, step.parallel(), state, variables);
    }

    private boolean isDue(StepState state) {
        return state.notBefore() == null || !state.notBefore().isAfter(journal.now());
    }

    private boolean fanOut(Step step, Parallel parallel, StepState state, Variables variables) {
        JsonNode items = References.resolve(parallel.items(), variables::get);
        if (items.isTextual()) {
            items = References.structure(items.asText()).orElse(items);
        }
        if (!items.isArray() || items.size() > Parallel.MOST_ITEMS) {
            String why = "Its items must be an array of at most " + Parallel.MOST_ITEMS + ".";
            journal.end(state, StepEnd.failed("invalid_items", why));
            return true;
        }
        JsonNode all = items;
        journal.write(transaction -> {
            for (int i = 0; i < all.size(); i++) {
                store.insertStep(transaction, execution.id(), step.name(), i, state.position(), all.get(i));
            }
            store.begin(transaction, execution.id(), state, null, journal.now());
            return List.of(journal.event("step.started", state.about().put("items", all.size())));
        });
        return true;
    }

    private boolean beginItems(Board board, Step step, StepState whole) {
        List<StepState> items = board.items(whole);
        long atOnce = Objects.requireNonNull(step.parallel()).atOnce();
        long running = items.stream()
                .filter(item -> item.status() == StepStatus.RUNNING)
                .count();
        boolean changed = false;
        for (StepState item : items) {
            if (item.status() == StepStatus.PENDING && isDue(item) && running < atOnce) {
                JsonNode value = Objects.requireNonNull(item.value());
                changed |= attempt(step, item, board.variables().with("ITEM", Board.text(value)));
                running++;
            }
        }
        return changed;
    }

    private boolean attempt(Step step, StepState state, Variables variables) {
        try {
            StepStart start = parts.targets.prepare(context, step, variables, parts.nested);
            journal.write(transaction -> {
                Execution attempt = start.in(transaction);
                store.begin(transaction, execution.id(), state, attempt.id(), journal.now());
                transaction.afterCommit(() -> parts.executions.started(attempt));
                return List.of(journal.event(
                        "step.started",
                        state.about()
                                .put("attempt", state.attempt() + 1)
                                .put("execution_id", attempt.id().toString())));
            });
        } catch (ApiException e) {
            journal.judge(step, state, state.attempt() + 1, StepEnd.refused(e));
        }
        return true;
    }

    /** When it has to look again although nothing ends. */
    private Optional<Instant> next(Board board, Map<StepState, Execution> attempts) {
        Stream<Instant> retries = Stream.concat(
                        board.wholes(StepStatus.PENDING).stream(),
                        board.fannedOut().stream()
                                .flatMap(whole -> board.items(whole).stream())
                                .filter(item -> item.status() == StepStatus.PENDING))
                .map(StepState::notBefore)
                .filter(Objects::nonNull);
        Stream<Instant> ends = attempts.entrySet().stream()
                .flatMap(running -> deadline(board.step(running.getKey()), running.getValue()).stream());
        return Stream.of(retries, ends, Stream.ofNullable(deadline))
                .flatMap(Function.identity())
                .min(Instant::compareTo);
    }

    // The end

    private void finish(Board board) {
        Optional<StepState> failure = board.failure();
        Ending ending = failure.map(state -> Ending.of(
                        Status.FAILED, "step_failed", "The step \"" + state.name() + "\" failed: " + state.error()))
                .orElseGet(Ending::completed);
        journal.end(
                ending,
                List.of(journal.event("workflow.output", Json.object().put("content", Json.text(board.outputs())))));
    }

    /** Stops what runs, waits for it, and ends. */
    private void stop(Signals.Subscription changes, Ending ending) throws InterruptedException {
        Board board = board();
        board.running().forEach(state -> {
            var _ = parts.executions.cancelIfAny(caller, Objects.requireNonNull(state.execution()));
        });
        while (journal.attempts(board.running()).values().stream()
                .anyMatch(attempt -> !attempt.status().isOver())) {
            changes.await(LOOK_AGAIN);
        }
        for (StepState state : board.unfinished()) {
            journal.end(state, StepEnd.without(StepStatus.CANCELLED, "The workflow was stopped."));
        }
        journal.end(ending, List.of());
    }
}
