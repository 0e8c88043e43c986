package ai.kubiya.server.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The API of a git host that answers what the test says and remembers what it was asked. */
final class ScriptedGitHost implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> lists = new HashMap<>();
    private final AtomicInteger status = new AtomicInteger(201);

    /**
     * A request.
     *
     * @param path with its query, as it was sent
     * @param headers by lower-case name
     */
    record Asked(String method, String path, Map<String, String> headers, String body) {
        String text(String field) {
            try {
                JsonNode json = JSON.readTree(body);
                return json.path(field).asText();
            } catch (JsonProcessingException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    ScriptedGitHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers this list to whoever asks for a path that begins so. */
    ScriptedGitHost lists(String path, String json) {
        lists.put(path, json);
        return this;
    }

    /** What posts are answered with. */
    ScriptedGitHost answers(int with) {
        status.set(with);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        String path = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(exchange.getRequestMethod(), path, headers, body));
        boolean get = exchange.getRequestMethod().equals("GET");
        Optional<String> list = lists.entrySet().stream()
                .filter(entry -> get && path.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        byte[] answer = list.orElse("{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(get ? (list.isPresent() ? 200 : 404) : status.get(), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What it was told of commits, in order. */
    List<Asked> told() {
        return asked.stream().filter(each -> each.method().equals("POST")).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
