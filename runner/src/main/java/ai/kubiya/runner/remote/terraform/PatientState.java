package ai.kubiya.runner.remote.terraform;

import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.runner.terraform.StateLink;
import ai.kubiya.runner.terraform.TerraformStop;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A state elsewhere. Before Terraform works on it, a server that is away is waited for; whoever writes does so himself. */
final class PatientState implements StateLink {
    private static final Logger log = LoggerFactory.getLogger(PatientState.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final StateLink link;
    private final TerraformStop stop;
    private @Nullable Read read;

    /** Which state was read. */
    record Read(long serial, String lineage) {}

    PatientState(StateLink link, TerraformStop stop) {
        this.link = link;
        this.stop = stop;
    }

    /** Null when there was no state. */
    @Nullable
    Read lastRead() {
        return read;
    }

    @FunctionalInterface
    private interface Call<T> {
        T call() throws IOException, InterruptedException;
    }

    @Override
    public Optional<byte[]> read() throws IOException, InterruptedException {
        Optional<byte[]> state = patiently(link::read);
        if (state.isEmpty()) {
            read = null;
        } else {
            JsonNode json = Wire.MAPPER.readTree(state.get());
            read = new Read(json.path("serial").asLong(), json.path("lineage").asText());
        }
        return state;
    }

    @Override
    public Optional<String> lock(String info) throws IOException, InterruptedException {
        return patiently(() -> link.lock(info));
    }

    private <T> T patiently(Call<T> call) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return call.call();
            } catch (Refused e) {
                throw e;
            } catch (IOException e) {
                if (stop.reason() != null || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw e;
                }
                log.warn("the state is out of reach; trying again: {}", e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    @Override
    public void write(byte[] state) throws IOException, InterruptedException {
        link.write(state);
    }

    @Override
    public void unlock() throws IOException, InterruptedException {
        link.unlock();
    }
}
