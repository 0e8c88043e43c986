package ai.kubiya.protocol.remote;

import static java.util.Objects.requireNonNull;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import java.util.List;
import java.util.UUID;

/** Request of {@code finish}: the last events and the outcome. */
public record FinishRequest(UUID execution, UUID token, long first, List<RunEvent> events, RunOutcome outcome) {
    public FinishRequest {
        requireNonNull(execution, "execution");
        requireNonNull(token, "token");
        requireNonNull(outcome, "outcome");
        events = List.copyOf(events);
    }
}
