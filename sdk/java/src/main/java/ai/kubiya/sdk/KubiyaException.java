package ai.kubiya.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that was not answered with success. */
public class KubiyaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A wrong field. */
    public record FieldError(String field, String message) {}

    /**
     * What an error's answer says.
     *
     * @param status 0 when there was no answer
     * @param errorCode one word that does not change; empty when there is none
     * @param retryAfter seconds to wait before the next try; 0 = the server does not say
     */
    public record Facts(
            int status,
            String errorCode,
            String details,
            String requestId,
            double retryAfter,
            List<FieldError> errors) {}

    private final transient Facts facts;

    KubiyaException(Facts facts, @Nullable Throwable cause) {
        super(facts.details(), cause);
        this.facts = facts;
    }

    static KubiyaException withoutAnswer(String details, @Nullable Throwable cause) {
        return new NoAnswer(new Facts(0, "", details, "", 0, List.of()), cause);
    }

    static KubiyaException of(Facts facts) {
        return switch (facts.status()) {
            case 400, 413, 415, 422 -> new Invalid(facts);
            case 401 -> new NotAuthenticated(facts);
            case 403 -> new NotPermitted(facts);
            case 404 -> new NotFound(facts);
            case 409, 423 -> new Conflict(facts);
            case 412 -> new PreconditionFailed(facts);
            case 429 -> new RateLimited(facts);
            default -> facts.status() >= 500 ? new ServerFailed(facts) : new KubiyaException(facts, null);
        };
    }

    public int status() {
        return facts.status();
    }

    public String errorCode() {
        return facts.errorCode();
    }

    public String details() {
        return facts.details();
    }

    public String requestId() {
        return facts.requestId();
    }

    public double retryAfterSeconds() {
        return facts.retryAfter();
    }

    public List<FieldError> errors() {
        return facts.errors();
    }

    /** There was no answer: refused, cut off, no such host, too slow. */
    public static final class NoAnswer extends KubiyaException {
        private static final long serialVersionUID = 1;

        NoAnswer(Facts facts, @Nullable Throwable cause) {
            super(facts, cause);
        }
    }

    /** 400: something in the request is wrong, see {@link #errors}. */
    public static final class Invalid extends KubiyaException {
        private static final long serialVersionUID = 1;

        Invalid(Facts facts) {
            super(facts, null);
        }
    }

    /** 401: no key, or one that is not good. */
    public static final class NotAuthenticated extends KubiyaException {
        private static final long serialVersionUID = 1;

        NotAuthenticated(Facts facts) {
            super(facts, null);
        }
    }

    /** 403: the key may not do this. */
    public static final class NotPermitted extends KubiyaException {
        private static final long serialVersionUID = 1;

        NotPermitted(Facts facts) {
            super(facts, null);
        }
    }

    /** 404. */
    public static final class NotFound extends KubiyaException {
        private static final long serialVersionUID = 1;

        NotFound(Facts facts) {
            super(facts, null);
        }
    }

    /** 409 and 423: it exists already, or somebody else holds it. */
    public static final class Conflict extends KubiyaException {
        private static final long serialVersionUID = 1;

        Conflict(Facts facts) {
            super(facts, null);
        }
    }

    /** 412: somebody else changed it since. */
    public static final class PreconditionFailed extends KubiyaException {
        private static final long serialVersionUID = 1;

        PreconditionFailed(Facts facts) {
            super(facts, null);
        }
    }

    /** 429: too many requests, see {@link #retryAfterSeconds}. */
    public static final class RateLimited extends KubiyaException {
        private static final long serialVersionUID = 1;

        RateLimited(Facts facts) {
            super(facts, null);
        }
    }

    /** 5xx. */
    public static final class ServerFailed extends KubiyaException {
        private static final long serialVersionUID = 1;

        ServerFailed(Facts facts) {
            super(facts, null);
        }
    }
}
