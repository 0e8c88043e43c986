package ai.kubiya.server.http;

import java.util.Arrays;
import java.util.UUID;

/**
 * What a client knew of a resource when it asked to change it: the header {@code If-Match} (RFC 9110).
 *
 * @param header empty = no condition
 */
public record Precondition(String header) {
    public static final Precondition NONE = new Precondition("");

    /** The strong tag of a resource: it changes with every change of the resource, and with nothing else. */
    public static String tag(UUID id, long version) {
        return "\"" + Long.toHexString(id.getLeastSignificantBits() >>> 16) + "-" + version + "\"";
    }

    /**
     * Compares with the resource as it is now; to be called where nobody else can change it any more.
     *
     * @throws ApiException 412 when somebody changed it since
     */
    public void check(UUID id, long version) {
        if (header.isEmpty() || header.trim().equals("*")) {
            return;
        }
        String now = tag(id, version);
        if (Arrays.stream(header.split(",")).map(String::trim).noneMatch(now::equals)) {
            throw ApiException.of(
                    ErrorCode.PRECONDITION_FAILED,
                    "It was changed since you read it: If-Match names " + header + ", and its ETag is now " + now
                            + ". Read it again, then repeat the change.");
        }
    }
}
