package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import java.util.Locale;

/** Reads the Authorization header and asks the {@link Authenticator} (contract, section 3). */
final class Authorization {
    private static final String HOW = "Send the header \"Authorization: UserKey YOUR_API_KEY\".";

    private final Authenticator authenticator;

    Authorization(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    Caller require(@org.jspecify.annotations.Nullable String header, Router.Route route, String requestId) {
        if (header == null || header.isBlank()) {
            throw ApiException.of(ErrorCode.AUTH_REQUIRED, "This request has no Authorization header. " + HOW);
        }
        int space = header.trim().indexOf(' ');
        String scheme = space < 0 ? "" : header.trim().substring(0, space).toLowerCase(Locale.ROOT);
        String key = header.trim().substring(space + 1).trim();
        boolean bearer = scheme.equals("bearer");
        if (bearer && !route.bearer()) {
            throw ApiException.of(
                    ErrorCode.AUTH_REQUIRED,
                    "The Authorization header has the prefix Bearer; this path takes UserKey. " + HOW);
        }
        if (!bearer && !scheme.equals("userkey")) {
            throw ApiException.of(
                    ErrorCode.AUTH_REQUIRED, "The Authorization header is not of the form \"UserKey KEY\". " + HOW);
        }
        Caller caller = authenticator
                .authenticate(key, requestId)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALID_API_KEY,
                        "This API key is not known, was revoked or has expired. Check it, or make a new one."));
        if (route.scope() != null && !caller.may(route.scope())) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "The key \"" + caller.keyName() + "\" lacks the scope "
                            + route.scope().wireName() + ". Use a key that has it.");
        }
        return caller;
    }
}
