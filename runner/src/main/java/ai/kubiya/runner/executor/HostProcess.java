package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.limit.LimitHit;
import ai.kubiya.runner.limit.RunWatch;
import java.util.List;
import java.util.Optional;

/** A bare process of the host and all it started. */
record HostProcess(Process process, HostProcesses all, RunLimits limits, RunFolder folder) implements RunningTool {

    @Override
    public Optional<LimitHit> check() {
        return new RunWatch(process.pid(), 0, limits, null, List.of()).check();
    }

    @Override
    public Optional<LimitHit> checkAfterEnd(boolean diskFull) {
        return Optional.empty();
    }

    @Override
    public Optional<String> startFailure(int exitCode) {
        return Optional.empty();
    }

    @Override
    public void terminate() {
        all.end();
    }

    @Override
    public void interrupt() {
        process.destroy();
    }

    @Override
    public void kill() {
        // By its handle: the process itself would close its streams, and with them what nobody has read yet.
        process.toHandle().destroyForcibly();
        all.kill();
    }

    @Override
    public void close() {
        kill();
        folder.close();
    }
}
