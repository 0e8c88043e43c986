package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.model.ModelEvent;
import ai.kubiya.server.model.ModelEvent.FinishReason;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelTurn;
import ai.kubiya.server.model.ModelUnavailable;
import ai.kubiya.server.model.ToolRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes turns to their end: model, tools, model, … until there is an answer or a limit is met. Safe for all threads. */
public final class TurnLoop {
    /** Models sometimes say nothing at all; asked once more they mostly do. */
    private static final int EMPTY_ANSWERS = 2;

    private final Clock clock;
    private final Supplier<String> ids;
    private final Duration deltaPause;

    /**
     * @param ids unique parts of new ids
     * @param deltaPause pieces of text that come within it are written as one event; zero for each by itself
     */
    public TurnLoop(Clock clock, Supplier<String> ids, Duration deltaPause) {
        this.clock = clock;
        this.ids = ids;
        this.deltaPause = deltaPause;
    }

    /**
     * Begins a turn, or goes on with one from where its journal stands. Blocks until the turn is over, or until it can only
     * wait for people.
     *
     * @throws InterruptedException when the thread was interrupted; nothing is written, the turn can be resumed
     */
    public TurnResult run(Turn turn) throws InterruptedException {
        TurnLedger ledger = new TurnLedger(turn.journal());
        try (WorkTime time =
                new WorkTime(turn.cancellation(), turn.agent().limits().time())) {
            Optional<TurnEvent.Done> done = ledger.read(TurnState::done);
            return done.isPresent() ? new TurnResult.Over(done.get()) : new Work(turn, ledger, time).untilDone();
        }
    }

    private final class Work {
        private final Turn turn;
        private final TurnLimits limits;
        private final TurnLedger ledger;
        private final WorkTime time;
        private @Nullable ModelStep step;
        private int emptyAnswers;
        private List<String> waitsFor = List.of();
        private @Nullable List<KnowledgePassage> knowledge;

        private Work(Turn turn, TurnLedger ledger, WorkTime time) {
            this.turn = turn;
            this.limits = turn.agent().limits();
            this.ledger = ledger;
            this.time = time;
        }

        private TurnResult untilDone() throws InterruptedException {
            while (true) {
                TurnEvent.Done done = next();
                if (done != null) {
                    return new TurnResult.Over(done);
                }
                if (!waitsFor.isEmpty()) {
                    return new TurnResult.Waits(waitsFor);
                }
            }
        }

        /** One thing, chosen by what the journal says and nothing else. Null when there is more to do. */
        private TurnEvent.@Nullable Done next() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (ledger.read(TurnState::answered)) {
                return end("stop");
            }
            Cancellation cancellation = time.cancellation();
            List<ToolRequest> open = ledger.read(TurnState::openCalls);
            if (!open.isEmpty() && ledger.read(TurnState::toolCalls) > limits.toolCalls()) {
                return fail(
                        "max_tool_calls",
                        "The turn may call %d tools.".formatted(limits.toolCalls()),
                        "max_tool_calls");
            }
            boolean somethingRuns = open.stream()
                    .anyMatch(call ->
                            ledger.read(state -> state.executionOf(call.id())).isPresent());
            if (!open.isEmpty() && (somethingRuns || !cancellation.isCancelled())) {
                waitsFor = new ToolStep(turn.agent(), turn.tools(), ledger, ids, cancellation).run(open);
                return cancellation.isCancelled() ? stopped() : null;
            }
            if (cancellation.isCancelled()) {
                return stopped();
            }
            TurnEvent.Done met = limitMet();
            if (met != null) {
                return met;
            }
            return ask(cancellation);
        }

        /** Before the first answer; a turn that is taken up again has in its journal where what was found stands. */
        private List<KnowledgePassage> lookUp() {
            List<Citation> told = ledger.read(TurnState::citations);
            if (!told.isEmpty()) {
                return turn.knowledge().read(told);
            }
            if (ledger.read(TurnState::steps) > 0) {
                return List.of();
            }
            List<KnowledgePassage> found = turn.knowledge().find(turn.question());
            if (!found.isEmpty()) {
                ledger.tell(new TurnEvent.Knowledge(
                        found.stream().map(KnowledgePassage::citation).toList()));
            }
            return found;
        }

        private TurnEvent.@Nullable Done limitMet() {
            if (ledger.read(TurnState::invalidToolCalls) > limits.invalidToolCalls()) {
                return fail("invalid_tool_calls", "The model keeps calling tools in ways that cannot be run.", "error");
            }
            if (ledger.read(TurnState::steps) >= limits.steps()) {
                return fail("max_steps", "The turn may take %d steps.".formatted(limits.steps()), "max_steps");
            }
            long used = ledger.read(TurnState::usage).totalTokens();
            if (limits.tokens() > 0 && used >= limits.tokens()) {
                String message = "The turn used %d of %d tokens.".formatted(used, limits.tokens());
                return fail("max_tokens", message, "max_tokens");
            }
            return null;
        }

        private TurnEvent.@Nullable Done ask(Cancellation cancellation) throws InterruptedException {
            if (knowledge == null) {
                knowledge = lookUp();
            }
            if (step == null) {
                try {
                    ModelTurn model = turn.model().get();
                    step = new ModelStep(turn, model, ledger, knowledge, clock, deltaPause);
                } catch (ModelUnavailable e) {
                    String message = e.getMessage() == null ? "" : e.getMessage();
                    return fail("model_" + e.reason().name().toLowerCase(Locale.ROOT), message, "error");
                }
            }
            String messageId = "msg_" + ids.get();
            ModelEvent.Outcome outcome = step.run(messageId, cancellation);
            return switch (outcome) {
                case ModelEvent.Finished finished -> answered(messageId, finished);
                case ModelEvent.Failed failed ->
                    fail("model_" + failed.kind().name().toLowerCase(Locale.ROOT), failed.message(), "error");
                case ModelEvent.Cancelled _ -> {
                    if (!cancellation.isCancelled()) {
                        throw new InterruptedException();
                    }
                    yield stopped();
                }
            };
        }

        private TurnEvent.@Nullable Done answered(String messageId, ModelEvent.Finished answer) {
            boolean filtered = answer.finishReason() == FinishReason.CONTENT_FILTER;
            // A filtered answer is cut off anywhere; what it asks for is not to be trusted.
            List<ToolRequest> calls = filtered ? List.of() : distinct(answer.toolCalls());
            if (calls.isEmpty() && answer.text().isBlank()) {
                return empty(answer.finishReason());
            }
            List<TurnEntry> entries = new ArrayList<>();
            ModelMessage message = new ModelMessage.Assistant(answer.text(), calls);
            entries.add(new TurnEntry.Stored(messageId, message, answer.usage()));
            if (!answer.text().isBlank()) {
                entries.add(new TurnEntry.Told(new TurnEvent.Message(messageId, "assistant", answer.text())));
            }
            if (!calls.isEmpty()) {
                ledger.record(entries);
                return null;
            }
            String reason =
                    filtered ? "content_filter" : answer.finishReason() == FinishReason.LENGTH ? "length" : "stop";
            TurnEvent.Done done = new TurnEvent.Done(
                    reason, ledger.read(TurnState::usage).plus(answer.usage()), ledger.read(TurnState::steps) + 1);
            entries.add(new TurnEntry.Told(done));
            ledger.record(entries);
            return done;
        }

        private TurnEvent.@Nullable Done empty(FinishReason reason) {
            if (reason == FinishReason.CONTENT_FILTER) {
                return fail("content_filter", "The provider's content filter withheld the answer.", "content_filter");
            }
            if (reason == FinishReason.LENGTH) {
                return fail("length", "The limit of output tokens was met before the model said anything.", "length");
            }
            emptyAnswers++;
            return emptyAnswers < EMPTY_ANSWERS
                    ? null
                    : fail(
                            "empty_answer",
                            "The model answered nothing, and nothing again when asked once more.",
                            "error");
        }

        /** Results and executions are found by call id, and some providers begin again at call_0 with each answer. */
        private List<ToolRequest> distinct(List<ToolRequest> calls) {
            Set<String> taken = new HashSet<>();
            turn.history().forEach(message -> addIds(message, taken));
            ledger.read(TurnState::messages).forEach(message -> addIds(message, taken));
            return calls.stream()
                    .map(call -> taken.add(call.id())
                            ? call
                            : new ToolRequest("call_" + ids.get(), call.name(), call.argumentsJson()))
                    .toList();
        }

        private static void addIds(ModelMessage message, Set<String> ids) {
            if (message instanceof ModelMessage.Assistant assistant) {
                assistant.toolCalls().forEach(call -> ids.add(call.id()));
            }
        }

        private TurnEvent.Done stopped() {
            return time.isUp()
                    ? fail("max_time", "The turn may take %s.".formatted(limits.time()), "max_time")
                    : end("cancelled");
        }

        private TurnEvent.Done fail(String code, String message, String finishReason) {
            TurnEvent.Done done = done(finishReason);
            ledger.tell(new TurnEvent.Failure(code, message), done);
            return done;
        }

        private TurnEvent.Done end(String finishReason) {
            TurnEvent.Done done = done(finishReason);
            ledger.tell(done);
            return done;
        }

        private TurnEvent.Done done(String finishReason) {
            return new TurnEvent.Done(finishReason, ledger.read(TurnState::usage), ledger.read(TurnState::steps));
        }
    }
}
