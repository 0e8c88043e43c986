package ai.kubiya.server.project.run.work;

import ai.kubiya.runner.terraform.StateLink;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.state.RunState;
import ai.kubiya.server.state.StateVersion;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a project for Terraform on this server. */
final class LocalStateLink implements StateLink {
    private final RunState state;
    private final String lockId;
    private @Nullable StateVersion read;

    LocalStateLink(RunState state, String lockId) {
        this.state = state;
        this.lockId = lockId;
    }

    /** The version that was read; null = there was no state. */
    @Nullable
    StateVersion version() {
        return read;
    }

    @Override
    public Optional<byte[]> read() throws IOException {
        Optional<RunState.Content> content = state.read();
        read = content.map(RunState.Content::version).orElse(null);
        return content.map(RunState.Content::bytes);
    }

    @Override
    public Optional<String> lock(String info) throws IOException {
        try {
            return state.lock(Json.parseObject(info));
        } catch (ApiException e) {
            throw refusal(e);
        }
    }

    @Override
    public void write(byte[] content) throws IOException {
        try {
            state.write(lockId, content);
        } catch (ApiException e) {
            throw refusal(e);
        } catch (RuntimeException e) {
            // The database is away, and may come back.
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void unlock() throws IOException {
        try {
            state.unlock(lockId);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static IOException refusal(ApiException e) {
        return e.code().status() >= 500 ? new IOException(e.details(), e) : new Refused(e.details());
    }
}
