package ai.kubiya.protocol.terraform;

import ai.kubiya.protocol.remote.HeldLease;
import java.util.List;

/** Answer to {@code terraform/lease}; empty when there was no work. */
public record TerraformLeases(List<HeldLease> leases) {
    public TerraformLeases {
        leases = List.copyOf(leases);
    }
}
