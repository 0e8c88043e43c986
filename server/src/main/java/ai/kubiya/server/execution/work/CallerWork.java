package ai.kubiya.server.execution.work;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.StoredCaller;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.user.UserService;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Work that a server does in one go, in the name of whoever is the {@code caller} of its spec. What was being done when the
 * server stopped is not done again: it may have had effects.
 */
public abstract class CallerWork implements Work {
    private final Leases leases;
    private final UserService users;
    private final Clock clock;

    protected CallerWork(Leases leases, UserService users, Clock clock) {
        this.leases = leases;
        this.users = users;
        this.clock = clock;
    }

    /** Does it, and calls {@link #end}. */
    protected abstract void run(LeasedExecution leased, Caller caller, Cancellation cancellation);

    @Override
    public final List<UUID> take(LeasedExecution leased, Cancellation cancellation) {
        Execution execution = leased.execution();
        NewEvent running = new NewEvent(clock.instant(), "status", Json.object().put("status", "running"));
        if (!leases.append(execution.id(), leased.token(), List.of(running))) {
            throw new LeaseLost(execution.id());
        }
        Optional<Caller> caller = users.current(StoredCaller.of(
                execution.organizationId(),
                execution.createdBy(),
                execution.spec().path("caller")));
        if (caller.isEmpty()) {
            giveUp(leased, "access_denied", "Its user was disabled or removed.");
        } else {
            run(leased, caller.get(), cancellation);
        }
        return List.of();
    }

    /** @param output what it printed; empty = nothing */
    protected final void end(LeasedExecution leased, String output, Ending ending) {
        if (!leases.end(leased.execution().id(), leased.token(), ending, NewEvent.output(clock.instant(), output))) {
            throw new LeaseLost(leased.execution().id());
        }
    }

    @Override
    public final void giveUp(LeasedExecution leased, String code, String message) {
        end(leased, "", Ending.of(Status.FAILED, code, message));
    }
}
