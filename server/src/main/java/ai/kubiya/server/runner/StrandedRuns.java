package ai.kubiya.server.runner;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.execution.RemoteLeases;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.runner.presence.Presence;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cares for runs whose runner is silent or takes no work. Any number of servers may do so at once. */
public final class StrandedRuns implements Presence.SilentListener {
    private static final Logger log = LoggerFactory.getLogger(StrandedRuns.class);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Database database;
    private final RunnerStore store = new RunnerStore();
    private final RemoteLeases leases;
    private final Runners runners;
    private final Presence.Times times;
    private final Clock clock;

    public StrandedRuns(Database database, RemoteLeases leases, Runners runners, Presence.Times times, Clock clock) {
        this.database = database;
        this.leases = leases;
        this.runners = runners;
        this.times = times;
        this.clock = clock;
    }

    /** Tells those who follow its runs. */
    @Override
    public void silent(Transaction transaction, UUID organization, String runner, Instant lastSeen) {
        log.warn("the runner {} is silent since {}", runner, lastSeen);
        leases.warn(
                transaction, organization, runner, new NewEvent(clock.instant(), "warning", warning(runner, lastSeen)));
    }

    private ObjectNode warning(String runner, Instant lastSeen) {
        String until = Json.time(lastSeen.plus(times.patience()));
        ObjectNode data = Json.object()
                .put("code", "runner_silent")
                .put(
                        "message",
                        "The runner \"" + runner + "\" was last heard of at " + Json.time(lastSeen)
                                + ". The run goes on when it comes back; it is given up at about " + until + ".");
        data.putObject("details").put("runner", runner);
        return data;
    }

    /** Gives runs that were not meant for a certain runner to one that can take them. */
    public void moveOn() {
        database.useTransaction(transaction -> store.withMovableRuns(transaction)
                .forEach(runner -> leases.moveWaiting(
                        transaction,
                        runner.organizationId(),
                        runner.name(),
                        wanted -> runners.another(transaction, runner.organizationId(), wanted))));
    }

    /** Ends what waits for a runner that does not come back, or that was deleted before the run came to it. */
    public void giveUp() {
        database.useTransaction(transaction -> {
            store.withForgottenRuns(transaction, clock.instant().minus(LONGEST_WAIT))
                    .forEach(runner -> end(
                            transaction,
                            runner.organizationId(),
                            runner.name(),
                            "runner_offline",
                            "has been offline since " + Json.time(runner.lastSeenAt())
                                    + ". Start the runner, or choose another, and start it again."));
            store.goneWithRuns(transaction)
                    .forEach(gone -> end(
                            transaction,
                            gone.organization(),
                            gone.name(),
                            "runner_deleted",
                            "was deleted. Choose another, and start it again."));
        });
    }

    private void end(Transaction transaction, UUID organization, String runner, String code, String what) {
        leases.endWaiting(
                transaction,
                organization,
                runner,
                Ending.of(Status.FAILED, code, "Its runner \"" + runner + "\" " + what));
    }
}
