package ai.kubiya.server.key;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Router.Route;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.SessionCookie;
import java.util.function.Consumer;

/** The web app's signing in and out. */
public final class WebSessionRoutes implements Routes {
    private static final String PATH = "/web/session";

    private final WebSessions sessions;
    private final Consumer<Caller> seen;
    private final boolean secure;

    /**
     * The routes.
     *
     * @param seen is told of who signed in
     * @param secure whether the server's public address is one of TLS
     */
    public WebSessionRoutes(WebSessions sessions, Consumer<Caller> seen, boolean secure) {
        this.sessions = sessions;
        this.seen = seen;
        this.secure = secure;
    }

    @Override
    public void addTo(Router router) {
        // Signing in is a request with the key, so it is counted and slowed down as every other.
        router.add(Route.anyKey("POST", PATH, this::begin)).add(Route.anyKey("DELETE", PATH, this::end));
    }

    private Response begin(Request request) {
        seen.accept(request.caller());
        String token = sessions.begin(request.caller());
        return answer(SessionCookie.set(token, WebSessions.LENGTH.toSeconds(), secure));
    }

    private Response end(Request request) {
        String token = SessionCookie.token(request.header("Cookie").orElse(""));
        if (!token.isEmpty()) {
            sessions.end(request.caller(), token);
        }
        return answer(SessionCookie.clear());
    }

    private static Response answer(String cookie) {
        return Response.ok(Json.object().put("result", "ok"))
                .withHeader("Set-Cookie", cookie)
                .withHeader("Cache-Control", "no-store");
    }
}
