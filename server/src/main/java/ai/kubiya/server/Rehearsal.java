package ai.kubiya.server;

import ai.kubiya.server.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;

/**
 * Starts a server in an empty directory, asks it a few things and stops: the run from which the JDK learns which
 * classes a start needs. Not for people.
 */
final class Rehearsal {
    private Rehearsal() {}

    static int run(Settings settings) throws IOException {
        try (Server server = new Server(settings, Clock.systemUTC());
                HttpClient client = HttpClient.newHttpClient()) {
            String base = "http://" + settings.host() + ":" + server.port();
            String key = server.firstKey().orElse("");
            for (String path :
                    List.of("/readyz", "/v1/auth/me", "/v1/agents", "/v1/tools", "/v1/sources", "/metrics")) {
                client.send(request(base + path, key).GET().build(), HttpResponse.BodyHandlers.ofString());
            }
            String policy = """
                    {"name": "rehearse", "applies_to": ["tool_execution"], "expression": "tool.name == 'rehearse'"}
                    """;
            client.send(
                    request(base + "/v1/policies", key)
                            .POST(HttpRequest.BodyPublishers.ofString(policy))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String run = """
                    {"tool_def": {"name": "rehearse", "description": "rehearse", "type": "script", "content": "echo hi"}}
                    """;
            client.send(
                    request(base + "/v1/tools/exec", key)
                            .POST(HttpRequest.BodyPublishers.ofString(run))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static HttpRequest.Builder request(String url, String key) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "UserKey " + key);
    }
}
