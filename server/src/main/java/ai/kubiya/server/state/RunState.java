package ai.kubiya.server.state;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The state of a project for one execution on this server: what Terraform's backend would get over HTTP. */
public final class RunState {
    private final StateService states;
    private final StateLocks locks;
    private final Caller caller;
    private final String project;

    RunState(StateService states, StateLocks locks, Caller caller, String project) {
        this.states = states;
        this.locks = locks;
        this.caller = caller;
        this.project = project;
    }

    /** A state and which one it is. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(StateVersion version, byte[] bytes) {}

    /** Empty when there is none. */
    public Optional<Content> read() throws IOException {
        Optional<StateVersion> current = states.current(caller, project);
        if (current.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = states.download(caller, project, current.get())) {
            return Optional.of(new Content(current.get(), in.readAllBytes()));
        }
    }

    /** Who holds the lock in words, unless it is this execution now. */
    public Optional<String> lock(ObjectNode info) {
        return locks.lock(caller, project, info).map(HeldLock::words);
    }

    /** As a write of Terraform's that holds this lock. */
    public StateVersion write(String lockId, byte[] state) throws IOException {
        return states.write(caller, project, new StateService.Writing(lockId, null), new ByteArrayInputStream(state));
    }

    public void unlock(String lockId) {
        locks.unlock(caller, project, Json.object().put("ID", lockId));
    }
}
