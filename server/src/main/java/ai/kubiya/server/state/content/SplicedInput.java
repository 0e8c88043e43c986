package ai.kubiya.server.state.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;

/** Another stream with some of its bytes in place of others. */
final class SplicedInput {
    private SplicedInput() {}

    /**
     * Puts bytes where others are.
     *
     * @param offset where the old ones are
     * @return fails when they are not there; before, as much of the stream may have been read
     */
    static InputStream of(InputStream in, long offset, byte[] old, byte[] replacement) {
        InputStream before = new Beginning(in, offset);
        InputStream middle = new InputStream() {
            private final InputStream bytes = new ByteArrayInputStream(replacement);
            private boolean checked;

            private void check() throws IOException {
                if (!checked) {
                    checked = true;
                    if (!java.util.Arrays.equals(in.readNBytes(old.length), old)) {
                        throw new IOException("what is to be replaced is not at byte " + offset);
                    }
                }
            }

            @Override
            public int read() throws IOException {
                check();
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                check();
                return bytes.read(buffer, from, length);
            }
        };
        return new SequenceInputStream(java.util.Collections.enumeration(List.of(before, middle, in)));
    }

    /** So many bytes of another stream, which stays open. */
    private static final class Beginning extends InputStream {
        private final InputStream in;
        private long left;

        Beginning(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(got, 0);
            return got;
        }
    }
}
