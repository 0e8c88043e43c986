package ai.kubiya.server.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A git host on loopback that speaks smart HTTP through git's own CGI program, and misbehaves where it is told to. */
public final class GitServer implements AutoCloseable {
    private final Path root = Folders.make("git-server-");
    private final AtomicInteger repositories = new AtomicInteger();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Map<String, Fixed> fixed = new ConcurrentHashMap<>();
    private final HttpServer server;

    private record Fixed(
            int status,
            String contentType,
            String body,
            @Nullable String location) {}

    private GitServer(HttpServer server) {
        this.server = server;
    }

    public static GitServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            GitServer server = new GitServer(http);
            http.createContext("/", server::serve);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** An empty repository with a name of its own. */
    public GitRepository newRepository() {
        String name = "repo-" + repositories.incrementAndGet();
        return new GitRepository(root.resolve("team").resolve(name), url() + "/team/" + name);
    }

    /** An empty repository that only this user may read. */
    public GitRepository newPrivateRepository(String user, String password) {
        GitRepository repository = newRepository();
        passwords.put(path(repository), user + ":" + password);
        return repository;
    }

    /** Holds every request for the repository at the gate. */
    public void hold(GitRepository repository, Gate gate) {
        gates.put(path(repository), gate);
    }

    /** A url that answers like this whatever is asked below it. */
    public String answering(int status, String contentType, String body) {
        return fixed(new Fixed(status, contentType, body, null));
    }

    /** A url that sends whoever asks below it to somewhere else. */
    public String redirecting(String target) {
        return fixed(new Fixed(302, "text/plain", "", target));
    }

    private String fixed(Fixed answer) {
        String path = "/fixed/" + repositories.incrementAndGet();
        fixed.put(path, answer);
        return url() + path;
    }

    private String path(GitRepository repository) {
        return "/" + root.relativize(repository.folder());
    }

    private static <T> Optional<T> below(Map<String, T> byPath, String path) {
        return byPath.entrySet().stream()
                .filter(entry -> path.equals(entry.getKey())
                        || path.startsWith(entry.getKey() + "/")
                        || path.startsWith(entry.getKey() + ".git/"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            Optional<Fixed> answer = below(fixed, path);
            Optional<String> password = below(passwords, path);
            if (answer.isPresent()) {
                answer(exchange, path, answer.get());
            } else if (password.isPresent() && !mayPass(exchange, password.get())) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                Optional<Gate> gate = below(gates, path);
                if (gate.isPresent()) {
                    gate.get().pass();
                }
                runGit(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean mayPass(HttpExchange exchange, String password) {
        String wanted = "Basic " + Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
        return wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void answer(HttpExchange exchange, String path, Fixed answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", answer.contentType());
        if (answer.location() != null) {
            String rest = path.replaceFirst("^/fixed/\\d+", "");
            String query = exchange.getRequestURI().getRawQuery();
            exchange.getResponseHeaders()
                    .add("Location", answer.location() + rest + (query == null ? "" : "?" + query));
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void runGit(HttpExchange exchange, String path) throws IOException, InterruptedException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> variables = builder.environment();
        variables.put("GIT_PROJECT_ROOT", root.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("PATH_INFO", path.replaceFirst("\\.git/", "/"));
        variables.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getRawQuery()));
        variables.put("CONTENT_LENGTH", Integer.toString(request.length));
        pass(exchange, "Content-Type", variables, "CONTENT_TYPE");
        pass(exchange, "Content-Encoding", variables, "HTTP_CONTENT_ENCODING");
        pass(exchange, "Git-Protocol", variables, "GIT_PROTOCOL");
        Process git = builder.start();
        Thread writer = Thread.ofVirtual().start(() -> {
            try (OutputStream in = git.getOutputStream()) {
                in.write(request);
            } catch (IOException e) {
                // git has read enough.
            }
        });
        try (InputStream out = new BufferedInputStream(git.getInputStream())) {
            int status = 200;
            for (String line = line(out); !line.isEmpty(); line = line(out)) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                if (line.startsWith("Status:")) {
                    status = Integer.parseInt(value.substring(0, 3));
                } else {
                    exchange.getResponseHeaders().add(line.substring(0, colon), value);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            out.transferTo(exchange.getResponseBody());
        }
        writer.join();
        git.waitFor(10, TimeUnit.SECONDS);
    }

    private static void pass(HttpExchange exchange, String header, Map<String, String> variables, String variable) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
            variables.put(variable, value);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        Folders.delete(root);
    }
}
