package ai.kubiya.runner.executor;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Starts all processes of a runner from one thread that lives as long as this process. The kernel kills a process that
 * asked to die with its parent when the <em>thread</em> that started it ends; started from a thread of a pool, tools
 * would die at random.
 */
public final class ProcessLauncher {
    private final LinkedBlockingQueue<FutureTask<Process>> requests = new LinkedBlockingQueue<>();

    public ProcessLauncher() {
        Thread.ofPlatform().daemon().name("process-launcher").start(this::serve);
    }

    public Process start(ProcessBuilder builder) throws IOException {
        FutureTask<Process> request = new FutureTask<>(builder::start);
        requests.add(request);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return request.get();
                } catch (InterruptedException e) {
                    // A process that nobody knows of must not come into being: wait the milliseconds.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve() {
        while (true) {
            try {
                requests.take().run();
            } catch (InterruptedException e) {
                // Nobody has a reason to end this thread; ending it would end every tool.
            }
        }
    }
}
