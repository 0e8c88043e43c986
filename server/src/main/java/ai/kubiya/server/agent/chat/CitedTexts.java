package ai.kubiya.server.agent.chat;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.chat.loop.Citation;
import java.util.List;

/** What stands where an answer cites. */
@FunctionalInterface
public interface CitedTexts {
    /** The same citations, those with their texts that somebody may read. */
    List<Citation> readBy(Caller caller, List<Citation> citations);
}
