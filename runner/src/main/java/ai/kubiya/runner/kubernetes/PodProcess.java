package ai.kubiya.runner.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The tool's container in the form in which runs attend to their tools. A cluster has one stream of output; the other one
 * has what the runner has to say about it.
 */
final class PodProcess extends Process {
    private static final int PIPE = 256 * 1024;

    private final PipedInputStream out = new PipedInputStream(PIPE);
    private final PipedInputStream notices = new PipedInputStream();
    private final PipedOutputStream log;
    private final PipedOutputStream notice;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Runnable kill;

    PodProcess(Runnable kill) {
        this.kill = kill;
        try {
            this.log = new PipedOutputStream(out);
            this.notice = new PipedOutputStream(notices);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where what the container printed goes. */
    OutputStream log() {
        return log;
    }

    /** Tells people what they would not see in the output. */
    void notice(String sentence) throws IOException {
        notice.write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** There is no more output. */
    void endOutput() {
        try {
            log.close();
            notice.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The container has ended; what is said of it first is heard. */
    void ended(int code) {
        exit.complete(code);
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return out;
    }

    @Override
    public InputStream getErrorStream() {
        return notices;
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            exit.get(timeout, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int exitValue() {
        if (!exit.isDone()) {
            throw new IllegalThreadStateException("the container has not ended");
        }
        return exit.join();
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public void destroy() {
        kill.run();
    }
}
