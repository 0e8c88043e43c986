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
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Gets work from a server and reports it there. */
final class RemoteWorkSource implements WorkSource {
    /** A write takes milliseconds; one that takes longer is better sent anew. */
    private static final Duration WRITE = Duration.ofSeconds(20);

    private static final Duration SPARE = Duration.ofSeconds(10);

    private final ServerConnection server;
    private final String runner;
    private final Instance instance;
    private final WorkQuestion<Lease> question = new WorkQuestion<>(this::ask, this::giveBack);

    RemoteWorkSource(ServerConnection server, String runner, Instance instance) {
        this.server = server;
        this.runner = runner;
        this.instance = instance;
    }

    @Override
    public List<Lease> lease(int most, Duration wait) throws InterruptedException {
        return question.ask(most, wait);
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
        return server.write(runner, name, message, type, WRITE);
    }
}
