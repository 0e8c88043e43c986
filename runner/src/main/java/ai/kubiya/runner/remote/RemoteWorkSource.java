package ai.kubiya.runner.remote;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.WorkSource;
import ai.kubiya.protocol.remote.EventsRequest;
import ai.kubiya.protocol.remote.FinishRequest;
import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.protocol.remote.LeaseAnswer;
import ai.kubiya.protocol.remote.LeaseRequest;
import ai.kubiya.protocol.remote.WishAnswer;
import ai.kubiya.runner.remote.ServerConnection.AwayException;
import ai.kubiya.runner.remote.ServerConnection.RefusedException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets work from a server and reports it there. */
final class RemoteWorkSource implements WorkSource {
    private static final Logger log = LoggerFactory.getLogger(RemoteWorkSource.class);
    /** A write takes milliseconds; one that takes longer is better sent anew. */
    private static final Duration WRITE = Duration.ofSeconds(20);

    private static final Duration SPARE = Duration.ofSeconds(10);

    private final ServerConnection server;
    private final String runner;
    private final Instance instance;
    // Of a request whose answer did not arrive: the runs may be ours already. The leasing thread's own.
    private List<UUID> unanswered = List.of();

    RemoteWorkSource(ServerConnection server, String runner, Instance instance) {
        this.server = server;
        this.runner = runner;
        this.instance = instance;
    }

    @Override
    public List<Lease> lease(int most, Duration wait) throws InterruptedException {
        List<UUID> tokens = tokens(most);
        try {
            List<Lease> leases = ask(tokens, wait);
            unanswered = List.of();
            return leases;
        } catch (AwayException e) {
            unanswered = tokens;
            throw e;
        } catch (InterruptedException e) {
            giveBackAnswer(tokens);
            throw e;
        }
    }

    /** The tokens of a request that was not answered come first; the rest of them is held back by those. */
    private List<UUID> tokens(int most) {
        List<UUID> tokens = new ArrayList<>(unanswered.subList(0, Math.min(most, unanswered.size())));
        while (tokens.size() < most) {
            tokens.add(UUID.randomUUID());
        }
        return tokens;
    }

    private List<Lease> ask(List<UUID> tokens, Duration wait) throws InterruptedException {
        return server.call(
                        runner,
                        "lease",
                        new LeaseRequest(instance.id(), instance.boot(), tokens, wait),
                        LeaseAnswer.class,
                        wait.plus(SPARE))
                .leases();
    }

    /** The answer to a request that is not waited for any more may be on its way: what it brings is not wanted. */
    private void giveBackAnswer(List<UUID> tokens) {
        try {
            ask(tokens, Duration.ZERO).forEach(this::giveBack);
        } catch (RuntimeException away) {
            log.debug("nothing is given back: {}", away.toString());
        } catch (InterruptedException again) {
            log.debug("nothing is given back: the runner is in a hurry");
        }
    }

    @Override
    public Wish begin(Lease lease) {
        return write("begin", HeldLease.of(lease), WishAnswer.class).wish();
    }

    /** Signs of life are those of the whole process, see {@link Heartbeats}. */
    @Override
    public Wish heartbeat(Lease lease) {
        return Wish.CONTINUE;
    }

    @Override
    public void append(Lease lease, long first, List<RunEvent> events) {
        write("events", new EventsRequest(lease.executionId(), lease.token(), first, events), JsonNode.class);
    }

    @Override
    public void finish(Lease lease, long first, List<RunEvent> lastEvents, RunOutcome outcome) {
        write(
                "finish",
                new FinishRequest(lease.executionId(), lease.token(), first, lastEvents, outcome),
                JsonNode.class);
    }

    @Override
    public void giveBack(Lease lease) {
        write("release", HeldLease.of(lease), JsonNode.class);
    }

    private <T> T write(String name, Object message, Class<T> type) {
        try {
            return server.call(runner, name, message, type, WRITE);
        } catch (RefusedException e) {
            // It would be refused again for as long as the runner lives.
            throw new LeaseLostException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted", e);
        }
    }
}
