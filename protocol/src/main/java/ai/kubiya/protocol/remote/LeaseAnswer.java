package ai.kubiya.protocol.remote;

import ai.kubiya.protocol.Lease;
import java.util.List;

/** Answer to a question for work; empty when there was no work. */
public record LeaseAnswer(List<Lease> leases) {}
