package ai.kubiya.server.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
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
     * The tag of a resource that also shows how it is at the moment. It changes with everything that is shown, so that
     * nobody is told that nothing changed; a {@link #check} heeds the version alone, or a heartbeat would refuse changes.
     */
    static String tag(UUID id, long version, byte[] shown) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown);
            String state = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
            return tag(id, version).replaceFirst("\"$", "." + state.substring(0, 11) + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withoutState(String tag) {
        return tag.replaceFirst("\\.[A-Za-z0-9_-]+\"$", "\"");
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
        if (Arrays.stream(header.split(","))
                .map(known -> withoutState(known.trim()))
                .noneMatch(now::equals)) {
            throw ApiException.of(
                    ErrorCode.PRECONDITION_FAILED,
                    "It was changed since you read it: If-Match names " + header + ", and its ETag is now " + now
                            + ". Read it again, then repeat the change.");
        }
    }
}
