package ai.kubiya.server.workflow.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionOutput;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.execution.work.LeaseLost;
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
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    /** Somebody said no: asking again would change nothing. */
    private static final Set<String> FINAL = Set.of("rejected", "approval_expired", "cancelled");

    private static final String TIMED_OUT = "timed_out";

    private final WorkflowTaker parts;
    private final RunStore store = new RunStore();
    private final Execution execution;
    private final UUID token;
    private final WorkflowSpec spec;
    private final Caller caller;
    private final Cancellation cancellation;
    private final ExecutionOutput outputs;
    private final RunContext context;

    WorkflowRun(
            WorkflowTaker parts,
            LeasedExecution leased,
            WorkflowSpec spec,
            Caller caller,
            Cancellation cancellation) {
        this.parts = parts;
        this.execution = leased.execution();
        this.token = leased.token();
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
            if (board.wholes(StepStatus.PENDING).size() == spec.workflow().steps().size()) {
                note("workflow.started", Json.object()
                        .put("name", spec.workflow().name())
                        .put("steps", spec.workflow().steps().size()));
            }
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
                if (settle(board) || begin(board)) {
                    continue;
                }
                if (board.isOver()) {
                    finish(board);
                    return List.of();
                }
                Optional<Instant> next = next(board);
                List<UUID> running = board.running().stream()
                        .map(state -> Objects.requireNonNull(state.execution()))
                        .toList();
                if (!running.isEmpty() && next.isEmpty() && running.stream().allMatch(this::isWaiting)) {
                    return running;
                }
                Duration left = next.map(time -> Duration.between(parts.clock.instant(), time))
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

    private void note(String type, ObjectNode data) {
        write(transaction -> List.of(event(type, data)));
    }

    private NewEvent event(String type, ObjectNode data) {
        return new NewEvent(parts.clock.instant(), type, data);
    }

    private void write(Function<Transaction, List<NewEvent>> writes) {
        if (!parts.leases.append(execution.id(), token, writes)) {
            throw new LeaseLost(execution.id());
        }
    }

    private Execution find(UUID id) {
        return parts.executions.find(execution.organizationId(), id).orElseThrow();
    }

    private boolean isWaiting(UUID id) {
        return find(id).status() == Status.WAITING;
    }

    private boolean isLate() {
        Long timeout = spec.workflow().timeout();
        Instant started = execution.startedAt();
        return timeout != null
                && started != null
                && parts.clock.instant().isAfter(started.plusSeconds(timeout));
    }

    // Ends of attempts

    /** Judges attempts that ended and stops those that take too long. True when something changed. */
    private boolean settle(Board board) {
        boolean changed = false;
        for (StepState state : board.running()) {
            Execution attempt = find(Objects.requireNonNull(state.execution()));
            Step step = board.step(state);
            if (attempt.status().isOver()) {
                judge(step, state, state.attempt(), end(step, state, attempt));
                changed = true;
            } else if (isLate(step, attempt) && state.errorCode() == null) {
                write(transaction -> {
                    store.stopping(transaction, execution.id(), state, TIMED_OUT);
                    return List.of();
                });
                var _ = parts.executions.cancelIfAny(caller, attempt.id());
            }
        }
        for (StepState whole : board.fannedOut()) {
            List<StepState> items = board.items(whole);
            if (items.stream().allMatch(item -> item.status().isOver())) {
                end(board.step(whole), whole, gathered(items));
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
                .filter(time -> parts.clock.instant().isAfter(time))
                .isPresent();
    }

    private static Optional<Instant> deadline(Step step, Execution attempt) {
        Instant started = attempt.startedAt();
        return step.timeout() == null || started == null || StepTargets.stopsByItself(step.type())
                ? Optional.empty()
                : Optional.of(started.plusSeconds(step.timeout()));
    }

    /** What the items of a step make of it. */
    private static StepEnd gathered(List<StepState> items) {
        ArrayNode all = Json.array();
        items.forEach(item -> all.add(item.output() == null ? "" : item.output()));
        Optional<StepState> failed = items.stream()
                .filter(item -> item.status() == StepStatus.FAILED)
                .findFirst();
        StepEnd completed = StepEnd.completed(Json.text(all), null);
        return failed.map(item -> new StepEnd(
                        StepStatus.FAILED,
                        completed.output(),
                        item.exitCode(),
                        item.errorCode(),
                        "Item " + item.item() + ": " + item.error()))
                .orElse(completed);
    }

    /** Another attempt, or the end. */
    private void judge(Step step, StepState state, int attempt, StepEnd end) {
        boolean failed = end.status() == StepStatus.FAILED;
        boolean mayRetry = end.errorCode() == null || !FINAL.contains(end.errorCode());
        if (failed && mayRetry && attempt <= step.retry().limit()) {
            Instant again = parts.clock.instant().plus(step.retry().pauseAfter(attempt));
            write(transaction -> {
                store.postpone(transaction, execution.id(), state, String.valueOf(end.error()), attempt, again);
                return List.of(event(
                        "step.retried",
                        about(state)
                                .put("message", end.error())
                                .put("attempt", attempt)
                                .put("next_attempt_at", Json.time(again))));
            });
            return;
        }
        Integer exitCode = end.exitCode();
        boolean forgotten = failed
                && state.isWhole()
                && step.continueOn().markSuccess()
                && step.continueOn().forgives(exitCode == null ? -1 : exitCode);
        end(step, state, forgotten ? end.as(StepStatus.COMPLETED) : end);
    }

    private void end(Step step, StepState state, StepEnd end) {
        write(transaction -> {
            Instant now = parts.clock.instant();
            store.end(transaction, execution.id(), state, end, now);
            ObjectNode data = about(state).put("message", end.error());
            if (end.status() == StepStatus.COMPLETED || end.status() == StepStatus.FAILED) {
                data.put("output", end.output())
                        .put("exit_code", end.exitCode())
                        .put("error_code", end.errorCode());
                Instant started = state.startedAt();
                data.put(
                        "duration_ms",
                        started == null ? 0 : Duration.between(started, now).toMillis());
            }
            return List.of(event("step." + end.status().wireName(), data));
        });
    }

    private static ObjectNode about(StepState state) {
        ObjectNode data = Json.object().put("step", state.name());
        if (!state.isWhole()) {
            data.put("item", state.item());
        }
        return data;
    }

    // Beginnings of attempts

    /** Begins what is ready and passes over what will not be. True when something changed. */
    private boolean begin(Board board) {
        boolean changed = false;
        for (StepState state : board.wholes(StepStatus.PENDING)) {
            Step step = board.step(state);
            changed |= switch (board.readiness(step)) {
                case NOT_YET -> false;
                case BLOCKED -> pass(step, state, StepStatus.CANCELLED, "What it depends on failed.");
                case PASSED_OVER -> pass(step, state, StepStatus.SKIPPED, "What it depends on was skipped.");
                case READY -> begin(board, step, state);
            };
        }
        for (StepState whole : board.fannedOut()) {
            changed |= beginItems(board, board.step(whole), whole);
        }
        return changed;
    }

    private boolean pass(Step step, StepState state, StepStatus status, String why) {
        end(step, state, StepEnd.without(status, why));
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
                return pass(step, state, StepStatus.SKIPPED, "This does not hold: " + unmet.get());
            }
        }
        return step.parallel() == null
                ? attempt(step, state, variables)
                : fanOut(step, step.parallel(), state, variables);
    }

    private boolean isDue(StepState state) {
        return state.notBefore() == null || !state.notBefore().isAfter(parts.clock.instant());
    }

    private boolean fanOut(Step step, Parallel parallel, StepState state, Variables variables) {
        JsonNode items = References.resolve(parallel.items(), variables::get);
        if (items.isTextual()) {
            items = References.structure(items.asText()).orElse(items);
        }
        if (!items.isArray() || items.size() > Parallel.MOST_ITEMS) {
            String why = "Its items must be an array of at most " + Parallel.MOST_ITEMS + ".";
            end(step, state, StepEnd.failed("invalid_items", why));
            return true;
        }
        JsonNode all = items;
        write(transaction -> {
            for (int i = 0; i < all.size(); i++) {
                store.insertStep(transaction, execution.id(), step.name(), i, state.position(), all.get(i));
            }
            store.begin(transaction, execution.id(), state, null, parts.clock.instant());
            return List.of(event("step.started", about(state).put("items", all.size())));
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
            write(transaction -> {
                Execution attempt = start.in(transaction);
                store.begin(transaction, execution.id(), state, attempt.id(), parts.clock.instant());
                transaction.afterCommit(() -> parts.executions.started(attempt));
                return List.of(event(
                        "step.started",
                        about(state)
                                .put("attempt", state.attempt() + 1)
                                .put("execution_id", attempt.id().toString())));
            });
        } catch (ApiException e) {
            judge(step, state, state.attempt() + 1, StepEnd.failed("not_started", "It could not be begun: " + why(e)));
        }
        return true;
    }

    private static String why(ApiException refusal) {
        return refusal.problems().isEmpty()
                ? refusal.details()
                : String.join(
                        "; ",
                        refusal.problems().stream()
                                .map(problem -> problem.field() + " " + problem.message())
                                .toList());
    }

    /** When it has to look again although nothing ends. */
    private Optional<Instant> next(Board board) {
        return Stream.concat(
                        Stream.concat(
                                board.wholes(StepStatus.PENDING).stream().map(StepState::notBefore),
                                board.fannedOut().stream()
                                        .flatMap(whole -> board.items(whole).stream())
                                        .filter(item -> item.status() == StepStatus.PENDING)
                                        .map(StepState::notBefore)),
                        board.running().stream().map(this::deadlineOf))
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    private @Nullable Instant deadlineOf(StepState state) {
        Step step = spec.workflow().step(state.name()).orElseThrow();
        return deadline(step, find(Objects.requireNonNull(state.execution()))).orElse(null);
    }

    // The end

    private void finish(Board board) {
        Optional<StepState> failure = board.failure();
        Ending ending = failure.map(state -> Ending.of(
                        Status.FAILED, "step_failed", "The step \"" + state.name() + "\" failed: " + state.error()))
                .orElseGet(Ending::completed);
        end(ending, List.of(event("workflow.output", Json.object().put("content", Json.text(board.outputs())))));
    }

    private void end(Ending ending, List<NewEvent> events) {
        Instant started = find(execution.id()).startedAt();
        long millis = started == null
                ? 0
                : Duration.between(started, parts.clock.instant()).toMillis();
        Ending timed =
                new Ending(ending.status(), null, ending.errorCode(), ending.errorMessage(), millis, 0, 0);
        if (!parts.leases.end(execution.id(), token, timed, events)) {
            throw new LeaseLost(execution.id());
        }
    }

    /** Stops what runs, waits for it, and ends. */
    private void stop(Signals.Subscription changes, Ending ending) throws InterruptedException {
        Board board = board();
        board.running().forEach(state -> {
            var _ = parts.executions.cancelIfAny(caller, Objects.requireNonNull(state.execution()));
        });
        while (board.running().stream()
                .anyMatch(state -> !find(Objects.requireNonNull(state.execution()))
                        .status()
                        .isOver())) {
            changes.await(LOOK_AGAIN);
        }
        for (StepState state : board.unfinished()) {
            end(board.step(state), state, StepEnd.without(StepStatus.CANCELLED, "The workflow was stopped."));
        }
        end(ending, List.of());
    }
}
