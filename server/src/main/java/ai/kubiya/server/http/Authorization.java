package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.RunnerIdentity;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the Authorization header and asks the {@link Authenticator} (contract, section 3). */
final class Authorization {
    private static final String HOW = "Send the header \"Authorization: UserKey YOUR_API_KEY\".";

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
     * @param bearer whether the path takes {@code Bearer} for {@code UserKey}
     * @throws ApiException 401, or 429 when this address tried too many wrong keys
     */
    Caller caller(@Nullable String header, boolean bearer, Origin origin) {
        return known(
                key(header, bearer),
                origin,
                authenticator::authenticate,
                "This API key is not known, was revoked or has expired. Check it, or make a new one.");
    }

    /**
     * Which runner asks.
     *
     * @throws ApiException as {@link #caller}
     */
    RunnerIdentity runner(@Nullable String header, Origin origin) {
        return known(
                key(header, true),
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
            return Optional.of(caller(header, true, origin));
        } catch (ApiException e) {
            if (e.code() == ErrorCode.RATE_LIMITED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String key(@Nullable String header, boolean bearerTaken) {
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
        if (!bearer && !scheme.equals("userkey")) {
            throw ApiException.of(
                    ErrorCode.AUTH_REQUIRED, "The Authorization header is not of the form \"UserKey KEY\". " + HOW);
        }
        return header.trim().substring(space + 1).trim();
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
