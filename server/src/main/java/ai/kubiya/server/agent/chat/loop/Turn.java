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
 * @param knowledge asked when the turn begins
 * @param model asked once; may throw {@link ai.kubiya.server.model.ModelUnavailable}, which ends the turn with its sentence
 * @param cancellation already cancelled when the turn was cancelled while no process had it
 */
public record Turn(
        TurnAgent agent,
        List<ModelMessage> history,
        TurnKnowledge knowledge,
        Supplier<ModelTurn> model,
        TurnJournal journal,
        ToolCalls tools,
        Cancellation cancellation) {
    private static final int TELLING = 40;

    public Turn {
        history = List.copyOf(history);
    }

    /** What was said last; with what was said before it where that is too short to tell what it is about. */
    String question() {
        List<String> said = history.stream()
                .filter(ModelMessage.User.class::isInstance)
                .map(message -> ((ModelMessage.User) message).text())
                .toList();
        if (said.isEmpty()) {
            return "";
        }
        String last = said.getLast();
        return last.length() >= TELLING || said.size() == 1 ? last : said.get(said.size() - 2) + "\n" + last;
    }
}
