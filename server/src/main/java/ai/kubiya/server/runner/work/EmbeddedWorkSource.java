package ai.kubiya.server.runner.work;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.WorkSource;
import ai.kubiya.server.execution.HeldWork;
import ai.kubiya.server.execution.Kind;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.runner.Runners;
import java.time.Duration;
import java.util.List;

/** Gives the embedded runner its work straight from the queue. */
public final class EmbeddedWorkSource implements WorkSource {
    private final Leases leases;
    private final Preparation preparation;

    public EmbeddedWorkSource(Leases leases, Preparation preparation) {
        this.leases = leases;
        this.preparation = preparation;
    }

    @Override
    public List<Lease> lease(int most, Duration wait) throws InterruptedException {
        return leases.next(Kind.TOOL, Runners.LOCAL, wait).flatMap(preparation::lease).stream()
                .toList();
    }

    /** Nothing can be lost between this process and its database that would not end both. */
    @Override
    public Wish begin(Lease lease) {
        return Wish.CONTINUE;
    }

    @Override
    public Wish heartbeat(Lease lease) {
        return leases.heartbeat(lease.executionId(), lease.token())
                .map(cancelled -> cancelled ? Wish.CANCEL : Wish.CONTINUE)
                .orElse(Wish.ABANDON);
    }

    @Override
    public void append(Lease lease, long first, List<RunEvent> events) {
        if (!leases.append(held(lease), first, RunReports.events(events))) {
            throw lost(lease);
        }
    }

    @Override
    public void finish(Lease lease, long first, List<RunEvent> lastEvents, RunOutcome outcome) {
        if (!leases.end(held(lease), first, RunReports.ending(outcome), RunReports.events(lastEvents))) {
            throw lost(lease);
        }
    }

    @Override
    public void giveBack(Lease lease) {
        leases.giveBack(held(lease));
    }

    private static HeldWork held(Lease lease) {
        return HeldWork.here(lease.executionId(), lease.token());
    }

    private static LeaseLostException lost(Lease lease) {
        return new LeaseLostException("the lease of " + lease.executionId() + " is over");
    }
}
