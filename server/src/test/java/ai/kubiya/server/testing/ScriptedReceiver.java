package ai.kubiya.server.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Somebody who is called: remembers what came and answers as the test says. */
public final class ScriptedReceiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Call> calls = new ArrayList<>();
    private final InetSocketAddress address;
    private volatile Reply otherwise = Reply.status(200);
    private HttpServer server;

    private ScriptedReceiver(String host) {
        server = open(new InetSocketAddress(literal(host), 0));
        address = server.getAddress();
    }

    private static InetAddress literal(String host) {
        return InetAddress.ofLiteral(host);
    }

    public static ScriptedReceiver start() {
        return new ScriptedReceiver("127.0.0.1");
    }

    /** On another address of this machine. */
    public static ScriptedReceiver startAt(String host) {
        return new ScriptedReceiver(host);
    }

    /**
     * What came.
     *
     * @param headers by lower-case name
     */
    public record Call(String method, String path, Map<String, String> headers, String body) {}

    /** How a call is answered. */
    @FunctionalInterface
    public interface Reply {
        void to(HttpExchange exchange) throws IOException, InterruptedException;

        static Reply status(int status) {
            return json(status, "{\"received\": true}");
        }

        static Reply json(int status, String body) {
            return exchange -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            };
        }

        static Reply redirect(int status, String location) {
            return exchange -> {
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(status, -1);
            };
        }

        /** Answers when the gate is opened. */
        static Reply heldAt(Gate gate, Reply then) {
            return exchange -> {
                gate.pass();
                then.to(exchange);
            };
        }

        /** A body that never ends. */
        static Reply endless() {
            return exchange -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream body = exchange.getResponseBody();
                byte[] piece = "all work and no play ".repeat(50).getBytes(StandardCharsets.UTF_8);
                while (true) {
                    body.write(piece);
                    body.flush();
                }
            };
        }
    }

    private HttpServer open(InetSocketAddress at) {
        try {
            HttpServer opened = HttpServer.create(at, 100);
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.createContext("/", this::handle);
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Call call = new Call(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
            Reply reply = replies.poll();
            synchronized (calls) {
                calls.add(call);
                calls.notifyAll();
            }
            (reply == null ? otherwise : reply).to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers the next calls so, one each. */
    public ScriptedReceiver then(Reply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    /** Answers all others so. */
    public ScriptedReceiver otherwise(Reply reply) {
        otherwise = reply;
        return this;
    }

    public String url() {
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    public List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** Waits until at least so many calls came; answers all of them. */
    public List<Call> await(int count) {
        return await(all -> all.size() >= count, count + " calls");
    }

    public List<Call> await(Predicate<List<Call>> enough, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (calls) {
            while (!enough.test(calls)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("waited for " + what + ", and these came: " + calls);
                }
                try {
                    calls.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
            return List.copyOf(calls);
        }
    }

    /** Nobody answers at the address any more. */
    public void goDown() {
        server.stop(0);
    }

    public void comeBack() {
        server = open(address);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
