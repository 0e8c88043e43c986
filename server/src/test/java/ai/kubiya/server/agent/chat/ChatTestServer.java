package ai.kubiya.server.agent.chat;

import ai.kubiya.server.Server;
import ai.kubiya.server.config.SettingsReader;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.DescribedAnswers;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real server on a directory of its own, with a model that a test writes the lines for. */
final class ChatTestServer implements AutoCloseable {
    static final String MODEL = "scripted";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Map<String, String> environment;
    private Server server;
    private String key = "";

    private ChatTestServer(Map<String, String> environment) throws IOException {
        this.environment = environment;
        this.server = begin();
    }

    static ChatTestServer start(Path data, @Nullable ScriptedModelServer model) throws IOException {
        return new ChatTestServer(environment(data, model));
    }

    static Map<String, String> environment(Path data, @Nullable ScriptedModelServer model) {
        Map<String, String> environment = new HashMap<>(TestServer.NO_LIMITS);
        environment.put("KUBIYA_DATA", data.toString());
        environment.put("KUBIYA_PORT", "0");
        environment.put("HOME", data.toString());
        environment.put("PATH", System.getenv("PATH"));
        if (model != null) {
            environment.put("KUBIYA_LLM_PROVIDER", "openai");
            environment.put("KUBIYA_LLM_BASE_URL", model.url());
            environment.put("KUBIYA_LLM_MODELS", MODEL + ",other");
        }
        return environment;
    }

    private Server begin() throws IOException {
        Server begun = new Server(new SettingsReader(environment).read(List.of()), Clock.systemUTC());
        begun.firstKey().ifPresent(first -> key = first);
        return begun;
    }

    /** As an operator does it: everything is closed, then started on the same directory. */
    void restart() throws IOException {
        server.close();
        server = begin();
    }

    ChatClient client() {
        return new ChatClient("http://127.0.0.1:" + server.port(), key);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Speaks HTTP to a server. */
    record ChatClient(String url, String key) {

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "UserKey " + key);
        }

        Answer send(HttpRequest request) {
            try {
                HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
                DescribedAnswers.check(
                        request.method(),
                        request.uri().getRawPath(),
                        response.statusCode(),
                        response.headers().map(),
                        response.body());
                return new Answer(response.statusCode(), response.headers(), response.body());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        Answer get(String path) {
            return send(request(path).build());
        }

        Answer post(String path, JsonNode body) {
            return send(
                    request(path).POST(BodyPublishers.ofString(Json.text(body))).build());
        }

        /** An agent of a name of its own, with the tools of an inline source of its own. */
        JsonNode agent(JsonNode... tools) {
            ObjectNode agent = Json.object().put("name", "agent-" + NAMES.incrementAndGet());
            agent.put("ai_instructions", "You are an operator.");
            if (tools.length > 0) {
                ObjectNode source = Json.object()
                        .put("name", "source of " + agent.path("name").asText());
                List.of(tools).forEach(source.putArray("inline_tools")::add);
                JsonNode made = post("/v1/sources", source).is(201).json();
                agent.putArray("sources").add(made.path("id").asText());
            }
            return post("/v1/agents", agent).is(201).json();
        }

        HttpRequest chatRequest(JsonNode agent, ObjectNode body) {
            return request("/v1/agents/" + agent.path("id").asText() + "/chat")
                    .POST(BodyPublishers.ofString(Json.text(body)))
                    .build();
        }

        /** Says something and reads the answer's stream while it comes. */
        EventReader chat(JsonNode agent, String message, @Nullable String session) {
            ObjectNode body = Json.object().put("message", message).put("session_id", session);
            return open(chatRequest(agent, body));
        }

        EventReader open(HttpRequest request) {
            try {
                HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
                return new EventReader(response);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        EventReader follow(String session, long after) {
            return open(request("/v1/sessions/" + session + "/stream")
                    .header("Last-Event-ID", Long.toString(after))
                    .build());
        }
    }

    /** A tool of an inline source. */
    static ObjectNode tool(String name, String script) {
        ObjectNode tool = Json.object()
                .put("name", name)
                .put("description", "does " + name)
                .put("type", "script")
                .put("content", script);
        tool.putArray("args")
                .addObject()
                .put("name", "what")
                .put("type", "string")
                .put("description", "what to do");
        return tool;
    }
}
