package ai.kubiya.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the web app sends in place of a key: the token of a session, in a cookie that no script can read. It counts only
 * beside a header that other sites cannot make a browser send, so that none of them can ask in the user's name.
 */
public final class SessionCookie {
    /** What a token begins with. */
    public static final String START = "ks_";

    private static final String NAME = "kubiya_session";
    private static final String GUARD = "X-Kubiya-Web";

    private SessionCookie() {}

    /** The request's credentials: its Authorization header, or else what its session stands for. */
    static @Nullable String authorization(ServerRequest request) {
        Optional<String> header = request.headers().first(HeaderNames.AUTHORIZATION);
        if (header.isPresent()
                || request.headers().first(HeaderNames.create(GUARD)).isEmpty()) {
            return header.orElse(null);
        }
        String token = request.headers()
                .first(HeaderNames.COOKIE)
                .map(SessionCookie::token)
                .orElse("");
        return token.isEmpty() ? null : "UserKey " + token;
    }

    /** The token in a Cookie header; empty when there is none. */
    public static String token(String cookies) {
        for (String cookie : cookies.split(";", -1)) {
            String trimmed = cookie.strip();
            if (trimmed.startsWith(NAME + "=" + START)) {
                return trimmed.substring(NAME.length() + 1);
            }
        }
        return "";
    }

    /**
     * Sets the cookie.
     *
     * @param secure whether browsers are to send it over TLS alone
     */
    public static String set(String token, long seconds, boolean secure) {
        return NAME + "=" + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + seconds
                + (secure ? "; Secure" : "");
    }

    /** Takes the cookie away. */
    public static String clear() {
        return NAME + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }
}
