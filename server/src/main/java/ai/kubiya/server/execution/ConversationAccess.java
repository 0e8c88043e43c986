package ai.kubiya.server.execution;

import ai.kubiya.server.access.Caller;
import java.util.List;
import java.util.UUID;

/** Says into which conversations somebody may look. What ran in the others is shown to those alone who began it. */
public interface ConversationAccess {
    /** Nobody looks into a conversation of somebody else's. */
    ConversationAccess NONE = new ConversationAccess() {
        @Override
        public boolean isOpenTo(Caller caller, UUID session) {
            return false;
        }

        @Override
        public List<UUID> closedAgents(Caller caller) {
            return List.of();
        }
    };

    boolean isOpenTo(Caller caller, UUID session);

    /** Ids of the agents that do not talk to the caller. */
    List<UUID> closedAgents(Caller caller);
}
