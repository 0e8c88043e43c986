package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUsage;

/** One line of a turn's journal. */
public sealed interface TurnEntry {
    /** Something that readers are told. */
    record Told(TurnEvent event) implements TurnEntry {}

    /**
     * A message that belongs to the conversation from now on.
     *
     * @param usage what the model step cost that made it
     */
    record Stored(String messageId, ModelMessage message, ModelUsage usage) implements TurnEntry {}
}
