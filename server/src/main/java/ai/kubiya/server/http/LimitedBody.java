package ai.kubiya.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A body that ends with a 413 where the route's limit is crossed. A client that is still sending would lose the answer
 * with the connection, so the rest of what it sends is read and dropped first, within bounds.
 */
final class LimitedBody extends FilterInputStream {
    private static final long MOST_DROPPED = 256L << 20;

    private final long limit;
    private long read;

    private LimitedBody(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /**
     * A body, or a 413 when it is declared too large.
     *
     * @param body asked for only when it is read: asking tells a client that waits to begin
     * @param declared its Content-Length, or -1
     * @param waits whether the client sends nothing until it is told to (Expect: 100-continue)
     */
    static InputStream of(Supplier<InputStream> body, long declared, boolean waits, long limit) throws IOException {
        if (declared <= limit) {
            return new LimitedBody(body.get(), limit);
        }
        if (!waits && declared <= limit + MOST_DROPPED) {
            drop(body.get());
        }
        throw tooLarge(limit);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = super.read(buffer, offset, length);
        if (got > 0) {
            count(got);
        }
        return got;
    }

    private void count(int more) throws IOException {
        read += more;
        if (read > limit) {
            drop(in);
            throw tooLarge(limit);
        }
    }

    private static void drop(InputStream in) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long dropped = 0;
        for (int got = in.read(buffer); got >= 0 && dropped < MOST_DROPPED; got = in.read(buffer)) {
            dropped += got;
        }
    }

    private static ApiException tooLarge(long limit) {
        return ApiException.of(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body is larger than the " + limit + " bytes that this path takes. Send less.");
    }
}
