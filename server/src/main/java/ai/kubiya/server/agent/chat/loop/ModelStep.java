package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.model.ModelEvent;
import ai.kubiya.server.model.ModelLimits;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelTurn;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks the model for its next answer and tells readers of the text as it comes. */
final class ModelStep {
    /** How often a prompt that the provider finds too long is halved. */
    private static final int HALVINGS = 3;

    private final Turn turn;
    private final ModelTurn model;
    private final TurnLedger ledger;
    private final List<KnowledgePassage> knowledge;
    private final Clock clock;
    private final Duration deltaPause;

    ModelStep(
            Turn turn,
            ModelTurn model,
            TurnLedger ledger,
            List<KnowledgePassage> knowledge,
            Clock clock,
            Duration deltaPause) {
        this.turn = turn;
        this.model = model;
        this.ledger = ledger;
        this.knowledge = knowledge;
        this.clock = clock;
        this.deltaPause = deltaPause;
    }

    ModelEvent.Outcome run(String messageId, Cancellation cancellation) {
        ledger.read(TurnState::openMessage).map(TurnEvent.MessageRestarted::new).ifPresent(ledger::tell);
        TurnLimits limits = turn.agent().limits();
        int budget = limits.contextTokens();
        for (int halved = 0; ; halved++) {
            List<ModelMessage> prompt = new Prompt(turn.agent(), budget, knowledge).of(conversation());
            ModelEvent.Outcome outcome = ask(prompt, messageId, cancellation);
            boolean tooLong = outcome instanceof ModelEvent.Failed failed
                    && failed.kind() == ModelEvent.FailureKind.CONTEXT_TOO_LONG;
            if (!tooLong
                    || halved == HALVINGS
                    || ledger.read(TurnState::openMessage).isPresent()) {
                return outcome;
            }
            // Half of what was sent, not of the budget: the budget may have been far above it.
            budget = Math.min(budget, Prompt.tokens(prompt)) / 2;
        }
    }

    private ModelEvent.Outcome ask(List<ModelMessage> prompt, String messageId, Cancellation cancellation) {
        DeltaGatherer deltas = new DeltaGatherer(ledger, messageId, clock, deltaPause);
        int outputTokens = turn.agent().limits().outputTokens();
        ModelLimits limits = outputTokens > 0 ? new ModelLimits(outputTokens) : ModelLimits.NONE;
        return model.stream(prompt, turn.agent().tools(), limits, cancellation, event -> {
            switch (event) {
                case ModelEvent.TextDelta delta -> deltas.add(delta.text());
                case ModelEvent.ToolCallRequested _ -> {
                    // Told as tool.call when it is started and has an execution.
                }
                case ModelEvent.Outcome _ -> deltas.flush();
            }
        });
    }

    private List<ModelMessage> conversation() {
        List<ModelMessage> conversation = new ArrayList<>(turn.history());
        conversation.addAll(ledger.read(TurnState::messages));
        return conversation;
    }
}
