package ai.kubiya.server.agent.chat.loop;

import java.util.List;

/** How far a turn could be taken. */
public sealed interface TurnResult {
    /** To its end. */
    record Over(TurnEvent.Done done) implements TurnResult {}

    /** Until there was nothing to do but to wait for people: these executions have to be agreed to first. */
    record Waits(List<String> executionIds) implements TurnResult {
        public Waits {
            executionIds = List.copyOf(executionIds);
        }
    }
}
