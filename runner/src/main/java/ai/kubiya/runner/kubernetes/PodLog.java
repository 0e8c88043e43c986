package ai.kubiya.runner.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a tool's container prints, over as many connections as it takes. A cluster may end a connection at any time
 * and in a way that looks like the end of the log, so that only the container's own end tells that there is no more.
 */
final class PodLog {
    private static final Logger log = LoggerFactory.getLogger(PodLog.class);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    /** A connection on which nothing came for so long may be dead; a new one costs little. */
    private static final long SILENCE = Duration.ofSeconds(60).toNanos();

    private static final int CHUNK = 32 * 1024;

    private final HttpClient http;
    private final String url;
    private final LogLines lines;
    private @Nullable InputStream open;
    private boolean closed;
    private volatile boolean waiting;
    private volatile long heardAt = System.nanoTime();

    PodLog(KubernetesClient client, String namespace, String pod, OutputStream out) {
        this.http = client.getHttpClient();
        String master = client.getMasterUrl().toString();
        this.url = (master.endsWith("/") ? master : master + "/") + "api/v1/namespaces/" + namespace + "/pods/" + pod
                + "/log?container=" + PodShape.TOOL + "&timestamps=true";
        this.lines = new LogLines(out);
    }

    /** Copies what is new until the cluster ends the connection; false when it broke or the cluster refused it. */
    boolean read(boolean follow) throws InterruptedException {
        try (InputStream in = connect(follow)) {
            lines.begin();
            byte[] chunk = new byte[CHUNK];
            while (true) {
                waiting = true;
                int count = in.read(chunk);
                waiting = false;
                heardAt = System.nanoTime();
                if (count < 0) {
                    return true;
                }
                take(chunk, count);
            }
        } catch (IOException e) {
            log.debug("the log at {} cannot be read now: {}", url, e.toString());
            return false;
        } finally {
            waiting = false;
            forget();
        }
    }

    /** Its own failure is none of the connection's: nobody reads the output any more. */
    private void take(byte[] chunk, int count) {
        try {
            lines.take(chunk, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream connect(boolean follow) throws IOException, InterruptedException {
        String since = lines.since().map(time -> "&sinceTime=" + time).orElse("");
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(url + (follow ? "&follow=true" : "") + since)
                .forStreaming()
                .build();
        heardAt = System.nanoTime();
        CompletableFuture<HttpResponse<InputStream>> answer = http.sendAsync(request, InputStream.class);
        try {
            HttpResponse<InputStream> response = answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            InputStream body = response.body();
            if (!response.isSuccessful() || !keep(body)) {
                body.close();
                throw new IOException("the cluster answered " + response.code());
            }
            return body;
        } catch (TimeoutException e) {
            throw new IOException("the cluster did not answer in " + ANSWER.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /**
     * Copies what is left of the log of a container that has ended; false when that cannot be said now. There is no more
     * when the cluster has sent all that is known once more, and then nothing.
     */
    boolean readRest() throws InterruptedException {
        long before = lines.written();
        return read(false) && lines.isAsFarAsBefore() && lines.written() == before;
    }

    private synchronized boolean keep(InputStream body) {
        open = closed ? null : body;
        return !closed;
    }

    private synchronized void forget() {
        open = null;
    }

    /** How much was copied. */
    long written() {
        return lines.written();
    }

    /** True while a connection waits for what the container prints. */
    boolean isWaiting() {
        return waiting;
    }

    /** Drops a connection that may be dead. */
    void dropIfSilent() {
        if (waiting && System.nanoTime() - heardAt > SILENCE) {
            drop();
        }
    }

    /** Ends the connection in use; {@link #read} returns. */
    void drop() {
        InputStream connection;
        synchronized (this) {
            connection = open;
        }
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                log.debug("a connection cannot be closed: {}", e.toString());
            }
        }
    }

    /** No more is wanted. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        drop();
    }
}
