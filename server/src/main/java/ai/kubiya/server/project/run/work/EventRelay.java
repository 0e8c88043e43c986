package ai.kubiya.server.project.run.work;

import ai.kubiya.protocol.RunEvent;
import ai.kubiya.runner.output.EventBuffer;
import ai.kubiya.runner.output.OutputSink;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.NewEvent;
import ai.kubiya.server.http.Json;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what Terraform prints into the log of its execution, in batches and in order. */
final class EventRelay {
    private static final Logger log = LoggerFactory.getLogger(EventRelay.class);
    private static final long RETRY_MILLIS = 500;
    private static final long GATHER_MILLIS = 20;

    private final Leases leases;
    private final LeasedExecution leased;
    private final Runnable lost;
    private final EventBuffer buffer = new EventBuffer(null);
    private final Thread thread;

    /**
     * Begins.
     *
     * @param lost called when the lease is not ours any more
     */
    EventRelay(Leases leases, LeasedExecution leased, Runnable lost) {
        this.leases = leases;
        this.leased = leased;
        this.lost = lost;
        this.thread = Thread.ofVirtual().name("run-events").start(this::relay);
    }

    OutputSink sink() {
        return buffer;
    }

    private void relay() {
        try {
            for (EventBuffer.Batch batch = buffer.take(); !batch.events().isEmpty(); batch = buffer.take()) {
                write(batch.events().stream().map(EventRelay::event).toList());
                // Lines come one by one; a moment later there are more of them for the same commit.
                Thread.sleep(GATHER_MILLIS);
            }
        } catch (InterruptedException e) {
            buffer.discard();
        }
    }

    private void write(List<NewEvent> events) throws InterruptedException {
        while (true) {
            try {
                if (!leases.append(leased.execution().id(), leased.token(), events)) {
                    buffer.discard();
                    lost.run();
                }
                return;
            } catch (RuntimeException e) {
                log.warn(
                        "the output of {} is not taken; trying again: {}",
                        leased.execution().id(),
                        e.toString());
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private static NewEvent event(RunEvent event) {
        return switch (event) {
            case RunEvent.Output output ->
                new NewEvent(
                        output.at(),
                        "log",
                        Json.object().put("stream", output.stream()).put("content", output.content()));
            case RunEvent.Started started ->
                new NewEvent(started.at(), "status", Json.object().put("status", "running"));
            case RunEvent.Warning warning ->
                new NewEvent(
                        warning.at(),
                        "warning",
                        Json.object().put("code", warning.code()).put("message", warning.message()));
        };
    }

    /** Waits until everything is written. */
    void end() throws InterruptedException {
        buffer.end();
        thread.join();
    }
}
