package ai.kubiya.server.outbound;

import java.time.Duration;

/**
 * How much a call may take.
 *
 * @param connect until the connection is there
 * @param silence without a byte
 * @param whole all of it, redirects and bodies included
 * @param body bytes that are read of an answer
 * @param redirects how many are followed
 */
public record CallLimits(Duration connect, Duration silence, Duration whole, int body, int redirects) {
    public static final CallLimits USUAL =
            new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15), 16 << 10, 3);

    public CallLimits withBody(int bytes) {
        return new CallLimits(connect, silence, whole, bytes, redirects);
    }
}
