package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import ai.kubiya.protocol.RunEvent;
import java.util.List;
import java.util.UUID;

/**
 * Request of {@code events}.
 *
 * @param first number of the first of them among all events of this lease, counted from 1; those that the server already
 *     has are not stored again
 */
public record EventsRequest(UUID execution, UUID token, long first, List<RunEvent> events) {
    public EventsRequest {
        requireNonNull(execution, "execution");
        requireNonNull(token, "token");
        events = List.copyOf(events);
    }
}
