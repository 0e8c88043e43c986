package ai.kubiya.runner.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a container prints, line by line. The stream may break at any time; the cluster stamps every line with its time, so
 * that it goes on after the last line that was read.
 */
final class PodLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PodLog.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String pod;
    private @Nullable LogWatch watch;
    private String lastTime = "";
    private int linesAtLastTime;

    PodLog(KubernetesClient client, String namespace, String pod) {
        this.client = client;
        this.namespace = namespace;
        this.pod = pod;
    }

    /** Copies lines that were not copied yet, until the stream ends. */
    void copyTo(OutputStream out, boolean follow) throws IOException {
        try {
            var container = client.pods().inNamespace(namespace).withName(pod).inContainer(JobObjects.TOOL);
            var stamped = lastTime.isEmpty()
                    ? container.usingTimestamps()
                    : container.usingTimestamps().sinceTime(lastTime);
            if (follow) {
                watch = stamped.watchLog();
                copy(watch.getOutput(), out);
            } else {
                copy(stamped.getLogInputStream(), out);
            }
        } catch (KubernetesClientException e) {
            log.debug("the log of {} cannot be read now: {}", pod, e.getMessage());
        } finally {
            close();
        }
    }

    private void copy(@Nullable InputStream in, OutputStream out) throws IOException {
        if (in == null) {
            return;
        }
        int again = linesAtLastTime;
        String before = lastTime;
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        while (true) {
            String line;
            try {
                line = lines.readLine();
            } catch (IOException broken) {
                return;
            }
            if (line == null) {
                return;
            }
            int space = line.indexOf(' ');
            String time = space < 0 ? line : line.substring(0, space);
            if (time.equals(before) && again > 0) {
                again--;
                continue;
            }
            linesAtLastTime = time.equals(lastTime) ? linesAtLastTime + 1 : 1;
            lastTime = time;
            out.write(((space < 0 ? "" : line.substring(space + 1)) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }
}
