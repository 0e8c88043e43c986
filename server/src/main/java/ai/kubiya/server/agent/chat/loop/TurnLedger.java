package ai.kubiya.server.agent.chat.loop;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Keeps a turn's journal and its state in step; the tool calls of a step write to it side by side. */
final class TurnLedger {
    private final TurnJournal journal;
    private final TurnState state = new TurnState();
    // Not synchronized: the journal blocks on the database.
    private final ReentrantLock lock = new ReentrantLock();

    TurnLedger(TurnJournal journal) {
        this.journal = journal;
        journal.entries().forEach(state::apply);
    }

    void tell(TurnEvent... events) {
        record(Arrays.stream(events).<TurnEntry>map(TurnEntry.Told::new).toList());
    }

    void record(List<TurnEntry> entries) {
        lock.lock();
        try {
            journal.append(entries);
            entries.forEach(state::apply);
        } finally {
            lock.unlock();
        }
    }

    <T> T read(Function<TurnState, T> question) {
        lock.lock();
        try {
            return question.apply(state);
        } finally {
            lock.unlock();
        }
    }
}
