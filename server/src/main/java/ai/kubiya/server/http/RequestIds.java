package ai.kubiya.server.http;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of requests, by which a client's report is found in the log. */
final class RequestIds {
    private static final Pattern FIT_FOR_A_LOG = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestIds() {}

    /** The client's own where it sent one that is fit for a log. */
    static String of(@Nullable String own) {
        return own != null && FIT_FOR_A_LOG.matcher(own).matches() ? own : next();
    }

    static String next() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return "req_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
