package ai.kubiya.server.state.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;

/** Copies and digests what is read through it. */
final class CopyingInput extends FilterInputStream {
    private final OutputStream copy;
    private final List<MessageDigest> digests;
    private long count;

    CopyingInput(InputStream in, OutputStream copy, List<MessageDigest> digests) {
        super(in);
        this.copy = copy;
        this.digests = digests;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = in.read(buffer, offset, length);
        if (got > 0) {
            count += got;
            copy.write(buffer, offset, got);
            for (MessageDigest digest : digests) {
                digest.update(buffer, offset, got);
            }
        }
        return got;
    }

    long count() {
        return count;
    }
}
