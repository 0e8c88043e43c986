package ai.kubiya.server.agent.chat.loop;

import java.util.List;

/** The durable record of one turn, append-only. A turn that was begun anywhere is gone on with from its journal. */
public interface TurnJournal {
    /**
     * Everything that was appended, oldest first; read once, when a turn is taken up. Of the pieces of a message and of
     * the outputs of an execution, only the last of each is needed.
     */
    List<TurnEntry> entries();

    /**
     * Appends all of the entries or none, durably, before it returns. The loop never calls it from two threads at a time.
     * What it throws ends the loop at once, as a crash would, and the turn can be resumed.
     */
    void append(List<TurnEntry> entries);
}
