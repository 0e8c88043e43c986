package ai.kubiya.runner.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.limit.LimitHit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for a command and keeps what it prints. */
final class Capture {
    static final int STDERR_BYTES = 64 * 1024;
    // The C library's words in the language that commands are started with.
    private static final String DISK_FULL = "No space left on device";
    private static final long LOOK_MILLIS = 50;

    private final RunningTool running;
    private final RunLimits limits;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private byte[] stderr = new byte[0];
    private boolean complete = true;

    private Capture(RunningTool running, RunLimits limits) {
        this.running = running;
        this.limits = limits;
    }

    static Captured of(RunningTool running, RunLimits limits) throws InterruptedException {
        return new Capture(running, limits).run();
    }

    private Captured run() throws InterruptedException {
        Process process = running.process();
        Thread out = reader(process.getInputStream(), this::keepStart);
        Thread err = reader(process.getErrorStream(), this::keepEnd);
        LimitHit stopped;
        try {
            stopped = waitForEnd(process);
        } catch (InterruptedException e) {
            running.kill();
            throw e;
        }
        // On the host what it left in the background holds its output open.
        running.kill();
        out.join();
        err.join();
        String errors = new String(stderr, UTF_8);
        int exitCode = process.waitFor();
        if (stopped == null) {
            boolean diskFull = exitCode != 0 && errors.contains(DISK_FULL);
            stopped = running.checkAfterEnd(diskFull).orElse(null);
        }
        return new Captured(exitCode, stdout.toString(UTF_8), complete, errors, stopped);
    }

    private @Nullable LimitHit waitForEnd(Process process) throws InterruptedException {
        long start = System.nanoTime();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<LimitHit> hit =
                    System.nanoTime() - start > limits.timeout().toNanos()
                            ? Optional.of(LimitHit.time(limits))
                            : running.check();
            if (hit.isPresent()) {
                running.kill();
                process.waitFor();
                return hit.get();
            }
        }
        return null;
    }

    private void keepStart(byte[] bytes, int length) {
        int room = (int) Math.min(length, limits.outputBytes() - stdout.size());
        stdout.write(bytes, 0, Math.max(0, room));
        complete &= room == length;
    }

    private void keepEnd(byte[] bytes, int length) {
        int kept = Math.min(stderr.length, STDERR_BYTES - Math.min(length, STDERR_BYTES));
        int taken = Math.min(length, STDERR_BYTES);
        byte[] joined = new byte[kept + taken];
        System.arraycopy(stderr, stderr.length - kept, joined, 0, kept);
        System.arraycopy(bytes, length - taken, joined, kept, taken);
        stderr = joined;
    }

    private static Thread reader(InputStream in, Keeper keeper) {
        // Reading a pipe holds its thread: a virtual one would hold a carrier.
        return Thread.ofPlatform().daemon().name("capture").start(() -> {
            byte[] buffer = new byte[16 * 1024];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    keeper.keep(buffer, read);
                }
            } catch (IOException closed) {
                // The process was killed.
            }
        });
    }

    private interface Keeper {
        void keep(byte[] bytes, int length);
    }
}
