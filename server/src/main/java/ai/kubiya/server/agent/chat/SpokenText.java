package ai.kubiya.server.agent.chat;

import ai.kubiya.server.agent.chat.loop.TurnEvent;
import org.jspecify.annotations.Nullable;

/** What an agent says in the messages of one turn as one running text, for clients that know of one message only. */
public final class SpokenText {
    private static final String BETWEEN = "\n\n";

    private @Nullable String lastMessage;

    /** What the text grows by. */
    public String next(TurnEvent.MessageDelta delta) {
        boolean begins = lastMessage != null && !lastMessage.equals(delta.messageId());
        lastMessage = delta.messageId();
        return begins ? BETWEEN + delta.content() : delta.content();
    }
}
