package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers calls without a connection, by the same doors as all others. */
public final class InternalApi implements ApiCalls {
    private final Router router;
    private final Door door;

    public InternalApi(Router router, Gates gates) {
        this.router = router;
        this.door = new Door(gates);
    }

    @Override
    public Answer call(Caller caller, String method, String target, byte[] body) throws InterruptedException {
        String requestId = caller.requestId();
        Response response;
        try {
            response = respond(caller, method, target, body);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (Thread.interrupted()) {
                // In the middle of a statement, whose failure says nothing.
                throw new InterruptedException();
            }
            response = ErrorAnswers.of(e, requestId);
        }
        if (response instanceof Response.Stream) {
            ApiException refusal = ApiException.invalid("url", "answers with a stream, which cannot be read from here");
            response = ErrorAnswers.of(refusal, requestId);
        }
        return response instanceof Response.Whole whole
                ? new Answer(whole.status(), new String(whole.body(), StandardCharsets.UTF_8))
                : new Answer(response.status(), "");
    }

    private Response respond(Caller caller, String method, String target, byte[] body) throws Exception {
        int query = target.indexOf('?');
        String path = decoded(query < 0 ? target : target.substring(0, query), false);
        Router.Match match = router.match(method, path);
        Exchange exchange = new Exchange(caller.origin());
        door.enterAs(exchange, match.route(), caller);
        Request request = new Request(
                method,
                path,
                match.route(),
                match.parameters(),
                query < 0 ? Map.of() : query(target.substring(query + 1)),
                Map.of("content-type", "application/json", "content-length", Integer.toString(body.length)),
                _ -> new ByteArrayInputStream(body),
                caller.requestId(),
                caller,
                null);
        return door.pass(request, match.route());
    }

    private static Map<String, List<String>> query(String text) {
        Map<String, List<String>> query = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true);
            if (!name.isEmpty()) {
                query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    private static String decoded(String text, boolean plusIsBlank) {
        try {
            return URLDecoder.decode(plusIsBlank ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("url", "has a percent sign that begins no character");
        }
    }
}
