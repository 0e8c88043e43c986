package ai.kubiya.server.runner.work;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.HeldWork;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of a leased execution what a runner needs. Values of secrets are opened here, and nowhere before. */
public final class Preparation {
    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final Leases leases;
    private final Function<Execution, ToolRun> runs;

    public Preparation(Leases leases, Function<Execution, ToolRun> runs) {
        this.leases = leases;
        this.runs = runs;
    }

    /** Empty when the run cannot be prepared; it has ended then, with the reason. */
    Optional<Lease> lease(LeasedExecution leased) {
        Execution execution = leased.execution();
        try {
            return Optional.of(new Lease(execution.id(), leased.token(), execution.attempt(), runs.apply(execution)));
        } catch (ApiException e) {
            fail(leased, "The run could not be prepared: " + e.details());
        } catch (RuntimeException e) {
            log.error("the run {} cannot be prepared", execution.id(), e);
            fail(leased, "The run could not be prepared; the server's log says why.");
        }
        return Optional.empty();
    }

    private void fail(LeasedExecution leased, String message) {
        leases.end(
                HeldWork.here(leased.execution().id(), leased.token()),
                0,
                Ending.of(Status.FAILED, "not_started", message),
                List.of());
    }
}
