package ai.kubiya.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends with a 413 where the route's limit is crossed; a declared length is refused before reading. */
final class LimitedBody extends FilterInputStream {
    private final long limit;
    private long read;

    LimitedBody(InputStream in, long declared, long limit) {
        super(in);
        this.limit = limit;
        if (declared > limit) {
            throw tooLarge();
        }
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

    private void count(int more) {
        read += more;
        if (read > limit) {
            throw tooLarge();
        }
    }

    private ApiException tooLarge() {
        return ApiException.of(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body is larger than the " + limit + " bytes that this path takes. Send less.");
    }
}
