package ai.kubiya.server.agent.chat;

import ai.kubiya.server.model.ModelMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is said to an agent.
 *
 * @param agent id or name
 * @param sessionId the conversation to go on with; null = a new one
 * @param ownSessionIds whether the client invents ids of sessions: an unknown one begins a session instead of being a 404,
 *     and a session may go on with another agent
 * @param history what was said before, for a new session whose client keeps the conversation itself
 * @param instructions for this turn alone
 */
public record NewTurn(
        String agent,
        String message,
        @Nullable String sessionId,
        boolean ownSessionIds,
        List<ModelMessage> history,
        List<String> instructions) {
    /** More than any model reads; a limit all the same, so that a mistake is noticed. */
    public static final int LONGEST_MESSAGE = 500_000;

    public NewTurn {
        history = List.copyOf(history);
        instructions = List.copyOf(instructions);
    }

    public static NewTurn of(String agent, String message, @Nullable String sessionId) {
        return new NewTurn(agent, message, sessionId, false, List.of(), List.of());
    }

    /** From a client that invents ids of sessions. */
    public static NewTurn withOwnSession(String agent, String message, @Nullable String sessionId) {
        return new NewTurn(agent, message, sessionId, true, List.of(), List.of());
    }
}
