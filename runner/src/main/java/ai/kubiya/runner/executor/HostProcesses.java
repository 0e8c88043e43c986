package ai.kubiya.runner.executor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The processes of one run on the bare host, wherever they went: a daemon leaves its parent, its group and its session,
 * and keeps the environment it was started with.
 */
record HostProcesses(String mark) {
    private static final String NAME = "KUBIYA_PROCESS_MARK";
    // A process may fork while it is looked for, its child is found the next time.
    private static final int ROUNDS = 20;

    static HostProcesses mark(Map<String, String> environment) {
        String mark = UUID.randomUUID().toString();
        environment.put(NAME, mark);
        return new HostProcesses(NAME + "=" + mark);
    }

    void end() {
        find().forEach(ProcessHandle::destroy);
    }

    void kill() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> found = find();
            if (found.isEmpty()) {
                return;
            }
            found.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> find() {
        return ProcessHandle.allProcesses().filter(this::isMarked).toList();
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return new String(environment, ISO_8859_1).contains(mark);
        } catch (IOException goneOrForeign) {
            return false;
        }
    }
}
