package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request passes on its way to its handler: key, limits, scope, the API's description, idempotency. */
final class Door {
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
    /** Of a first answer, what belongs to it and not to the request that asked for it. */
    private static final List<String> KEPT_HEADERS =
            List.of("Location", "ETag", "Cache-Control", "X-Execution-Id", "X-Session-Id", "X-Total-Count", "Link");

    private final Authorization authorization;
    private final Gates gates;

    Door(Gates gates) {
        this.authorization = new Authorization(gates.authenticator(), gates.runners(), gates.admission());
        this.gates = gates;
    }

    /** Finds out who asks and counts the request. */
    void enter(
            Exchange exchange,
            Router.Route route,
            Map<String, String> parameters,
            @Nullable String authorizationHeader) {
        switch (route.guard()) {
            case NONE -> {}
            case RUNNER -> exchange.runner = authorization.runner(authorizationHeader, exchange.origin);
            case KEY -> enterWithKey(exchange, route, parameters, authorizationHeader);
        }
    }

    private void enterWithKey(
            Exchange exchange,
            Router.Route route,
            Map<String, String> parameters,
            @Nullable String authorizationHeader) {
        Caller caller = authorization.caller(authorizationHeader, route, parameters, exchange.origin);
        exchange.caller = caller;
        exchange.headers.putAll(gates.admission().admit(caller));
        Authorization.requireScope(caller, route);
    }

    /** Lets a request in that the server makes itself in somebody's name. */
    void enterAs(Exchange exchange, Router.Route route, Caller caller) {
        if (route.guard() != Router.Guard.KEY) {
            throw ApiException.of(ErrorCode.ACCESS_DENIED, "Nobody's key opens this path.");
        }
        exchange.caller = caller;
        gates.admission().admit(caller);
        Authorization.requireScope(caller, route);
    }

    /** Counts a request for a path that does not exist, when its key is good. */
    void enterNowhere(Exchange exchange, @Nullable String authorizationHeader) {
        if (authorizationHeader != null) {
            authorization.callerIfAny(authorizationHeader, exchange.origin).ifPresent(caller -> {
                exchange.caller = caller;
                exchange.headers.putAll(gates.admission().admit(caller));
            });
        }
    }

    Response pass(Request request, Router.Route route) throws Exception {
        check(request, route);
        Optional<String> key = request.header("Idempotency-Key");
        boolean write = !List.of("GET", "HEAD").contains(request.method());
        Response response = key.isPresent() && write && route.guard() == Router.Guard.KEY && !isByPass(request, route)
                ? once(request, route, key.get())
                : route.handler().handle(request);
        return write ? response : tagged(request, route, response);
    }

    /** Who comes with a pass has no key to remember answers under; what those routes do can be repeated by itself. */
    private static boolean isByPass(Request request, Router.Route route) {
        return Authorization.isPass(request.header("Authorization").orElse(null), route);
    }

    private void check(Request request, Router.Route route) throws IOException {
        boolean body = gates.check().describesBody(route.method(), route.pattern());
        List<FieldProblem> problems =
                gates.check().problems(route.method(), route.pattern(), request.query(), body ? request.json() : null);
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
    }

    private Response once(Request request, Router.Route route, String key) throws Exception {
        if (!IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw ApiException.invalid("Idempotency-Key", "must be 1 to 255 printable characters without spaces");
        }
        Caller caller = request.caller();
        Optional<Replays.Answer> first = gates.replays().claim(caller, key, fingerprint(request, route));
        if (first.isPresent()) {
            return again(request, route, first.get());
        }
        boolean kept = false;
        try {
            Response response = route.handler().handle(request);
            if (response.status() < 300) {
                gates.replays().keep(caller, key, answer(response));
                kept = true;
            }
            return response;
        } finally {
            if (!kept) {
                gates.replays().release(caller, key);
            }
        }
    }

    private static Replays.Answer answer(Response response) {
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.keySet().retainAll(KEPT_HEADERS);
        return switch (response) {
            case Response.Whole whole -> new Replays.Answer(whole.status(), headers, whole.contentType(), whole.body());
            // The stream itself is in the log of the execution that it shows.
            case Response.Stream stream ->
                new Replays.Answer(stream.status(), headers, stream.contentType(), new byte[0]);
        };
    }

    private static Response again(Request request, Router.Route route, Replays.Answer first) throws Exception {
        Optional<String> execution = Optional.ofNullable(first.headers().get("X-Execution-Id"));
        Response response = execution.isPresent() && first.body().length == 0
                ? route.handler().handle(request.asReplayOf(execution.get()))
                : new Response.Whole(first.status(), first.headers(), first.contentType(), first.body());
        return response.withHeader("Idempotency-Replayed", "true");
    }

    /** Uploads count by their length: their form's boundary is another one each time. */
    private static byte[] fingerprint(Request request, Router.Route route) throws IOException {
        MessageDigest digest = sha256();
        digest.update((request.method() + " " + request.path() + "?" + request.otherQuery() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        if (route.bodyLimit() > Router.DEFAULT_BODY_LIMIT) {
            digest.update(request.header("Content-Length").orElse("").getBytes(StandardCharsets.UTF_8));
        } else {
            digest.update(request.bytes());
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every single resource carries a tag; those without a version of their own one of their content. */
    private static Response tagged(Request request, Router.Route route, Response response) {
        if (response.status() != 200 || !(response instanceof Response.Whole whole)) {
            return response;
        }
        Response tagged = response;
        if (!response.headers().containsKey("ETag") && route.pattern().endsWith("}")) {
            String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256().digest(whole.body()));
            tagged = response.withHeader("ETag", "W/\"" + hash.substring(0, 22) + "\"");
        }
        String tag = tagged.headers().get("ETag");
        boolean unchanged = tag != null
                && request.header("If-None-Match")
                        .map(known -> known.trim().equals("*")
                                || List.of(known.split("\\s*,\\s*")).contains(tag))
                        .orElse(false);
        return unchanged ? new Response.Whole(304, tagged.headers(), whole.contentType(), new byte[0]) : tagged;
    }
}
