package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.RunnerIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the Authorization header and asks the {@link Authenticator} (contract, section 3). */
final class Authorization {
    private static final String HOW = "Send the header \"Authorization: UserKey YOUR_API_KEY\".";
    private static final String UNKNOWN_KEY =
            "This API key is not known, was revoked or has expired. Check it, or make a new one.";

    private final Authenticator authenticator;
    private final RunnerAuthenticator runners;
    private final Admission admission;

    Authorization(Authenticator authenticator, RunnerAuthenticator runners, Admission admission) {
        this.authenticator = authenticator;
        this.runners = runners;
        this.admission = admission;
    }

    /**
     * Who asks.
     *
     * @param route whose path says what it takes besides {@code UserKey}
     * @param parameters of the path
     * @throws ApiException 401, or 429 when this address tried too many wrong keys
     */
    Caller caller(@Nullable String header, Router.Route route, Map<String, String> parameters, Origin origin) {
        Passes passes = route.passes();
        String key = key(header, route.bearer(), passes != null);
        return passes != null && passes.isPass(key)
                ? known(key, origin, (pass, from) -> passes.caller(pass, parameters, from), UNKNOWN_KEY)
                : callerOfKey(key, origin);
    }

    /** Whether what a request comes with is a pass and not a key. */
    static boolean isPass(@Nullable String header, Router.Route route) {
        Passes passes = route.passes();
        return passes != null && passes.isPass(key(header, route.bearer(), true));
    }

    private Caller callerOfKey(String key, Origin origin) {
        return known(key, origin, authenticator::authenticate, UNKNOWN_KEY);
    }

    /**
     * Which runner asks.
     *
     * @throws ApiException as {@link #caller}
     */
    RunnerIdentity runner(@Nullable String header, Origin origin) {
        return known(
                key(header, true, false),
                origin,
                runners::authenticate,
                "This path takes a runner's token, and this one is not known, was revoked or has expired."
                        + " Make a new one with the runner's operation rotate-token.");
    }

    private <T> T known(String key, Origin origin, BiFunction<String, Origin, Optional<T>> look, String whenUnknown) {
        admission.beforeKey(origin.address(), key);
        Optional<T> found = look.apply(key, origin);
        if (found.isEmpty()) {
            admission.wrongKey(origin.address(), key);
            throw ApiException.of(ErrorCode.INVALID_API_KEY, whenUnknown);
        }
        admission.goodKey(key);
        return found.get();
    }

    /** As {@link #caller}, but a header that is no good counts for none. */
    Optional<Caller> callerIfAny(String header, Origin origin) {
        try {
            return Optional.of(callerOfKey(key(header, true, true), origin));
        } catch (ApiException e) {
            if (e.code() == ErrorCode.RATE_LIMITED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String key(@Nullable String header, boolean bearerTaken, boolean basicTaken) {
        if (header == null || header.isBlank()) {
            throw ApiException.of(ErrorCode.AUTH_REQUIRED, "This request has no Authorization header. " + HOW);
        }
        int space = header.trim().indexOf(' ');
        String scheme = space < 0 ? "" : header.trim().substring(0, space).toLowerCase(Locale.ROOT);
        boolean bearer = scheme.equals("bearer");
        if (bearer && !bearerTaken) {
            throw ApiException.of(
                    ErrorCode.AUTH_REQUIRED,
                    "The Authorization header has the prefix Bearer; this path takes UserKey. " + HOW);
        }
        if (basicTaken && scheme.equals("basic")) {
            return password(header.trim().substring(space + 1).trim());
        }
        if (!bearer && !scheme.equals("userkey")) {
            throw ApiException.of(
                    ErrorCode.AUTH_REQUIRED, "The Authorization header is not of the form \"UserKey KEY\". " + HOW);
        }
        return header.trim().substring(space + 1).trim();
    }

    /** The user's name says nothing: the key tells whose it is. */
    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0 && colon < pair.length() - 1) {
                return pair.substring(colon + 1);
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw ApiException.of(
                ErrorCode.AUTH_REQUIRED,
                "The Authorization header's Basic credentials are not a user and a password; the password is the API"
                        + " key, the user may be any word.");
    }

    static void requireScope(Caller caller, Router.Route route) {
        if (route.scope() != null && !caller.may(route.scope())) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "The key \"" + caller.keyName() + "\" lacks the scope "
                            + route.scope().wireName() + ". Use a key that has it.");
        }
    }
}
