package ai.kubiya.runner.remote.terraform;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.WorkSource.LeaseLostException;
import ai.kubiya.protocol.WorkSource.Wish;
import ai.kubiya.protocol.remote.EventsRequest;
import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.protocol.remote.LeaseRequest;
import ai.kubiya.protocol.remote.WishAnswer;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.protocol.terraform.LeftStateAnswer;
import ai.kubiya.protocol.terraform.StateAddress;
import ai.kubiya.protocol.terraform.TerraformLeases;
import ai.kubiya.runner.remote.ServerConnection;
import ai.kubiya.runner.remote.ServerConnection.AwayException;
import ai.kubiya.runner.remote.ServerConnection.RefusedException;
import ai.kubiya.runner.terraform.HttpState;
import ai.kubiya.runner.terraform.StateLink;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What is said to the server about plans and applies. Every call may be repeated. */
public final class TerraformCalls {
    private static final Duration WRITE = Duration.ofSeconds(20);
    private static final Duration SPARE = Duration.ofSeconds(10);
    /** The server fetches the code before it answers. */
    private static final Duration PREPARING = Duration.ofMinutes(10);

    private static final Duration STORING = Duration.ofMinutes(2);
    private static final int SLOWEST_BYTES_PER_MILLI = 200;

    private final ServerConnection server;
    private final String runner;
    private final UUID instance;
    private final UUID boot;

    /**
     * The calls of one process.
     *
     * @param instance names its state directory
     * @param boot this start of the program
     */
    public TerraformCalls(ServerConnection server, String runner, UUID instance, UUID boot) {
        this.server = server;
        this.runner = runner;
        this.instance = instance;
        this.boot = boot;
    }

    List<HeldLease> lease(List<UUID> tokens, Duration wait) throws InterruptedException {
        LeaseRequest request = new LeaseRequest(instance, boot, tokens, wait);
        return server.call(runner, "terraform/lease", request, TerraformLeases.class, wait.plus(SPARE))
                .leases();
    }

    Wish begin(HeldLease lease) {
        return server.write(runner, "begin", lease, WishAnswer.class, WRITE).wish();
    }

    void giveBack(HeldLease lease) {
        server.write(runner, "release", lease, JsonNode.class, WRITE);
    }

    void append(HeldLease lease, long first, List<RunEvent> events) {
        EventsRequest request = new EventsRequest(lease.execution(), lease.token(), first, events);
        server.write(runner, "events", request, JsonNode.class, WRITE);
    }

    /** Fetches what a run needs; its code comes to {@code code} in the folder. */
    WorkArchive.Unpacked job(HeldLease lease, Path folder) {
        try (InputStream answer = server.stream(runner, "terraform/job", lease, PREPARING);
                SteadyStream steady = new SteadyStream(answer)) {
            return WorkArchive.unpack(steady, folder);
        } catch (IOException e) {
            throw new AwayException("the code did not arrive: " + e.getMessage(), e);
        } catch (RefusedException e) {
            throw new LeaseLostException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted", e);
        }
    }

    StateLink state(StateAddress state) {
        return new HttpState(
                server.client(), server.address(state.path()), state.username(), state.password(), state.lockId());
    }

    /** @throws RefusedException when it will not be taken however often it is sent */
    void report(Path archive) {
        send("terraform/report", Archives.TYPE, archive, JsonNode.class);
    }

    /**
     * Offers a state that a run could not hand over.
     *
     * @throws RefusedException when the server knows of no such run
     */
    LeftStateAnswer takeOver(UUID execution, Path state) {
        return send("terraform/states/" + execution, "application/json", state, LeftStateAnswer.class);
    }

    private <T> T send(String call, String type, Path file, Class<T> answer) {
        try {
            Duration atMost = STORING.plusMillis(Files.size(file) / SLOWEST_BYTES_PER_MILLI);
            return server.call(runner, call, type, BodyPublishers.ofFile(file), answer, atMost);
        } catch (IOException e) {
            throw new AwayException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted", e);
        }
    }
}
