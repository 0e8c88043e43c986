package ai.kubiya.server.http;

import ai.kubiya.server.access.Origin;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server: request id, route, key and scope, handler, answer, in this order. The only class that knows the
 * server library; handlers see {@link Request} and {@link Response}.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final HeaderName X_REQUEST_ID = HeaderNames.create("X-Request-Id");
    /** Of answers' headers; they are written in the code, so there are few. */
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

    private final Router router;
    private final ClientAddress clientAddress;
    private final Door door;
    private final RefusalLog refusals;
    private final RequestMeter meter;
    /** All that the library knows of us: it has a timer that outlives its server and keeps what the server refers to. */
    private final AtomicReference<Handler> handler;

    private final WebServer server;

    /** Is told of every answered request, for metrics. */
    @FunctionalInterface
    public interface RequestMeter {
        void answered(String method, String pattern, int status, Duration took);
    }

    public HttpServer(
            String host, int port, ClientAddress clientAddress, Router router, Gates gates, RequestMeter meter) {
        this.clientAddress = clientAddress;
        this.router = router;
        this.door = new Door(gates);
        this.refusals = gates.refusals();
        this.meter = meter;
        AtomicReference<Handler> current = new AtomicReference<>(this::answer);
        this.handler = current;
        this.server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(500))
                .maxPayloadSize(-1)
                // The end of an answer must not wait until the client has confirmed its beginning.
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .directHandlers(ProtocolErrors.handlers())
                .routing(routing ->
                        routing.any((request, response) -> current.get().handle(request, response)))
                .build();
    }

    /**
     * Listens.
     *
     * @throws UncheckedIOException when the address cannot be had; the library only logs that
     */
    public HttpServer start() {
        server.start();
        if (!server.isRunning() || server.port() <= 0) {
            throw new UncheckedIOException(new BindException("the address is taken or not of this machine"));
        }
        return this;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        handler.set((_, _) -> {
            throw new CloseConnectionException("The server has stopped.");
        });
    }

    private void answer(ServerRequest in, ServerResponse out) {
        long started = System.nanoTime();
        Exchange exchange = new Exchange(new Origin(RequestIds.of(header(in, X_REQUEST_ID)), address(in)));
        String requestId = exchange.origin.requestId();
        Response response;
        try {
            response = respond(in, exchange);
            if (response.status() == ErrorCode.ACCESS_DENIED.status()) {
                // A front of another API gave the refusal its own form.
                note(ApiException.of(ErrorCode.ACCESS_DENIED, ""), in, exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response = ErrorAnswers.of(ApiException.unavailable("The server is stopping.", 5), requestId);
        } catch (Exception e) {
            note(e, in, exchange);
            response = ErrorAnswers.of(e, requestId);
        }
        response = response.withHeaders(exchange.headers);
        if (exchange.successor != null) {
            response = withSuccessor(response, exchange.successor);
        }
        if (header(in, HeaderNames.EXPECT) != null && !exchange.bodyAsked) {
            // The client may send its body all the same, and nobody could tell it from the next request.
            out.header(HeaderNames.CONNECTION, "close");
        }
        send(response, in, out, requestId);
        meter.answered(
                in.prologue().method().text(),
                exchange.pattern,
                response.status(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    private Response respond(ServerRequest in, Exchange exchange) throws Exception {
        String sent = in.path().path();
        String path = PathRewrite.apply(sent);
        String method = in.prologue().method().text();
        String authorization = SessionCookie.authorization(in);
        Router.Match match;
        try {
            match = router.match(method, path);
        } catch (ApiException e) {
            door.enterNowhere(exchange, authorization);
            throw e;
        }
        Router.Route route = match.route();
        exchange.pattern = route.pattern();
        exchange.successor = path.equals(sent) || sent.startsWith(PathRewrite.PROXY)
                ? route.successor()
                : Successor.ofDoubledPrefix(path);
        door.enter(exchange, route, match.parameters(), authorization);
        return door.pass(request(in, path, method, match, exchange), route);
    }

    private static Response withSuccessor(Response response, Successor successor) {
        Response marked = response;
        for (var header : successor.headers().entrySet()) {
            // A list has links to its pages already.
            String there = response.headers().get(header.getKey());
            marked = marked.withHeader(
                    header.getKey(), there == null ? header.getValue() : there + ", " + header.getValue());
        }
        return marked;
    }

    private void note(Exception failure, ServerRequest in, Exchange exchange) {
        if (failure instanceof ApiException refusal
                && List.of(401, 403, 429).contains(refusal.code().status())) {
            refusals.refused(
                    exchange.origin, exchange.caller, in.prologue().method().text(), exchange.pattern, refusal.code());
        }
    }

    private Request request(ServerRequest in, String path, String method, Router.Match match, Exchange exchange) {
        Map<String, String> headers = new HashMap<>();
        in.headers().forEach(header -> headers.put(header.headerName().lowerCase(), header.get()));
        Map<String, List<String>> query = new HashMap<>();
        in.query().names().forEach(name -> query.put(name, in.query().all(name)));
        refuseNul(path, query);
        return new Request(
                method,
                path,
                match.route(),
                match.parameters(),
                query,
                headers,
                limit -> LimitedBody.of(
                        () -> {
                            exchange.bodyAsked = true;
                            return in.content().inputStream();
                        },
                        contentLength(in),
                        header(in, HeaderNames.EXPECT) != null,
                        limit),
                exchange.origin.requestId(),
                exchange.caller,
                exchange.runner);
    }

    /** No text in the database holds one, so nothing of that name can exist. */
    private static void refuseNul(String path, Map<String, List<String>> query) {
        if (path.indexOf('\0') >= 0) {
            throw ApiException.of(ErrorCode.NOT_FOUND, "There is nothing at a path with a NUL character.");
        }
        query.forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw ApiException.invalid(name, "must not contain a NUL character");
            }
        });
    }

    private static long contentLength(ServerRequest in) {
        return in.headers().contentLength().orElse(-1);
    }

    private void send(Response response, ServerRequest in, ServerResponse out, String requestId) {
        out.status(Status.create(response.status()));
        response.headers()
                .forEach((name, value) -> out.header(NAMES.computeIfAbsent(name, HeaderNames::create), value));
        boolean head = in.prologue().method().text().equals("HEAD");
        try {
            switch (response) {
                case Response.Whole whole -> sendWhole(whole, head, out);
                case Response.Stream stream -> sendStream(stream, head, out);
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // The client went away: nobody is left to answer.
            log.debug("{}: answer not delivered: {}", requestId, e.toString());
            if (response instanceof Response.Stream) {
                // Or what it was to get could not be read to its end: that must not look like an end.
                throw new CloseConnectionException("an answer broke off", e);
            }
        }
    }

    private static void sendWhole(Response.Whole whole, boolean head, ServerResponse out) {
        if (whole.status() == ErrorCode.PAYLOAD_TOO_LARGE.status()) {
            // Some of the body may not have been read, so the connection cannot be used again.
            out.header(HeaderNames.CONNECTION, "close");
        }
        out.header(HeaderNames.CONTENT_TYPE, whole.contentType());
        if (head) {
            out.send();
            return;
        }
        out.send(whole.body());
    }

    private static void sendStream(Response.Stream stream, boolean head, ServerResponse out) throws IOException {
        out.header(HeaderNames.CONTENT_TYPE, stream.contentType());
        if (head) {
            out.send();
            return;
        }
        OutputStream body = new ClientStream(out.outputStream());
        try {
            stream.writer().writeTo(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        body.close();
    }

    private String address(ServerRequest in) {
        return clientAddress.of(in.remotePeer().host(), in.headers().values(HeaderNames.X_FORWARDED_FOR));
    }

    private static @Nullable String header(ServerRequest in, HeaderName name) {
        return in.headers().first(name).orElse(null);
    }
}
