package ai.kubiya.server.runner.presence;

import ai.kubiya.protocol.remote.ComponentReport;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A process of a runner as it last said of itself.
 *
 * @param runner null = the embedded one of a server
 * @param instance of its state directory, the same after a restart
 * @param capabilities what it understands besides runs of tools
 */
public record RunnerProcess(
        UUID runner,
        UUID instance,
        String host,
        String platform,
        String version,
        List<String> labels,
        int concurrency,
        int running,
        boolean draining,
        Map<String, ComponentReport> components,
        List<String> capabilities,
        Instant startedAt,
        Instant lastSeenAt) {

    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("instance", instance.toString())
                .put("host", host)
                .put("platform", platform)
                .put("version", version)
                .put("concurrency", concurrency)
                .put("running", running)
                .put("draining", draining)
                .put("started_at", Json.time(startedAt))
                .put("last_seen_at", Json.time(lastSeenAt));
        json.set("labels", Json.array(labels));
        json.set("capabilities", Json.array(capabilities));
        return json;
    }
}
