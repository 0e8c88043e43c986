package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.ModelMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** A journal that can take the process down with it at any append. */
final class MemoryJournal implements TurnJournal {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The end of the process, as far as the loop can tell. */
    static final class Crash extends RuntimeException {}

    private final List<TurnEntry> entries = new ArrayList<>();
    private int appends;
    private int lastAppend = Integer.MAX_VALUE;
    private boolean lastIsKept;
    private boolean crashed;

    /** Counts from now: the next append is number 1. A kept one is durable although nobody lives to hear of it. */
    synchronized void crashAt(int append, boolean kept) {
        crashed = false;
        lastAppend = appends + append;
        lastIsKept = kept;
    }

    synchronized void heal() {
        crashed = false;
        lastAppend = Integer.MAX_VALUE;
    }

    @Override
    public synchronized List<TurnEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void append(List<TurnEntry> more) {
        if (crashed) {
            throw new Crash();
        }
        appends++;
        if (appends < lastAppend || lastIsKept) {
            more.forEach(entry -> entries.add(throughJson(entry)));
        }
        if (appends >= lastAppend) {
            crashed = true;
            throw new Crash();
        }
    }

    synchronized int appends() {
        return appends;
    }

    synchronized List<TurnEvent> events() {
        List<TurnEvent> events = new ArrayList<>();
        for (TurnEntry entry : entries) {
            if (entry instanceof TurnEntry.Told told) {
                events.add(told.event());
            }
        }
        return events;
    }

    synchronized List<ModelMessage> messages() {
        List<ModelMessage> messages = new ArrayList<>();
        for (TurnEntry entry : entries) {
            if (entry instanceof TurnEntry.Stored stored) {
                messages.add(stored.message());
            }
        }
        return messages;
    }

    <T extends TurnEvent> List<T> events(Class<T> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What is read back is what a database would give. */
    private static TurnEntry throughJson(TurnEntry entry) {
        try {
            return switch (entry) {
                case TurnEntry.Told told ->
                    new TurnEntry.Told(JSON.readValue(JSON.writeValueAsString(told.event()), TurnEvent.class));
                case TurnEntry.Stored stored ->
                    new TurnEntry.Stored(
                            stored.messageId(),
                            JSON.readValue(JSON.writeValueAsString(stored.message()), ModelMessage.class),
                            stored.usage());
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
