package ai.kubiya.runner.remote;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.remote.HeldLease;
import ai.kubiya.runner.Runner;
import ai.kubiya.runner.remote.terraform.TerraformWorker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that this process has in work: runs of tools, and plans and applies. */
final class Workers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private final Runner tools;
    private final TerraformWorker terraform;

    Workers(Runner tools, TerraformWorker terraform) {
        this.tools = tools;
        this.terraform = terraform;
    }

    void start() {
        tools.start();
        terraform.start();
    }

    List<HeldLease> leases() {
        return Stream.concat(tools.leases().stream().map(HeldLease::of), terraform.leases().stream())
                .toList();
    }

    /** Runs that are being stopped. */
    List<UUID> stopping() {
        return Stream.concat(tools.stopping().stream().map(Lease::executionId), terraform.stopping().stream())
                .toList();
    }

    void cancelNow(UUID execution) {
        if (!tools.cancelNow(execution)) {
            terraform.cancelNow(execution);
        }
    }

    void abandonNow(UUID execution) {
        if (!tools.abandonNow(execution)) {
            terraform.abandonNow(execution);
        }
    }

    int active() {
        return tools.active() + terraform.active();
    }

    /** Takes no more work, lets what runs go on for a while, then stops it. */
    void drain(Duration grace) throws InterruptedException {
        Thread ending = Thread.ofVirtual().name("terraform-ends").start(() -> {
            try {
                terraform.drain(grace);
            } catch (InterruptedException e) {
                log.debug("nobody waits for Terraform any more");
            }
        });
        try {
            tools.drain(grace);
            ending.join();
        } finally {
            ending.interrupt();
        }
    }

    @Override
    public void close() {
        terraform.close();
        tools.close();
    }
}
