package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelTurn;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything one turn needs.
 *
 * @param history the conversation up to and including the message that is to be answered, without system messages
 * @param model asked once; may throw {@link ai.kubiya.server.model.ModelUnavailable}, which ends the turn with its sentence
 * @param cancellation already cancelled when the turn was cancelled while no process had it
 */
public record Turn(
        TurnAgent agent,
        List<ModelMessage> history,
        Supplier<ModelTurn> model,
        TurnJournal journal,
        ToolCalls tools,
        Cancellation cancellation) {
    public Turn {
        history = List.copyOf(history);
    }
}
