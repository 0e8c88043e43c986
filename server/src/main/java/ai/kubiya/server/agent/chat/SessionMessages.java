package ai.kubiya.server.agent.chat;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUsage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is said in conversations, for those who take part in them. */
public final class SessionMessages {
    /** More than fits into any prompt. */
    private static final int MOST = 2000;

    private final Database database;
    private final SessionStore store = new SessionStore();

    public SessionMessages(Database database) {
        this.database = database;
    }

    /** A message that has no number yet. */
    public record NewMessage(String messageId, ModelMessage message, ModelUsage usage) {}

    /** The end of the conversation up to a message, oldest first. */
    public List<ModelMessage> history(UUID session, long upTo) {
        return database.read(transaction -> store.upTo(transaction, session, upTo, MOST)).stream()
                .map(SessionMessage::message)
                .toList();
    }

    /** What a turn has added. */
    public List<SessionMessage> ofTurn(UUID turn) {
        return database.read(transaction -> store.ofTurn(transaction, turn));
    }

    /** Adds what a turn says, as a part of its own transaction. */
    public void append(Transaction transaction, UUID session, UUID turn, List<NewMessage> messages, Instant at) {
        if (!messages.isEmpty()) {
            long last = store.reserve(transaction, session, messages.size(), at);
            store.insertMessages(transaction, session, last - messages.size() + 1, turn, messages, at);
        }
    }
}
