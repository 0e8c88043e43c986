package ai.kubiya.server.state.content;

import ai.kubiya.server.crypto.ContentKey;
import java.io.IOException;
import java.io.OutputStream;

/** Encrypts what is written to it piece by piece and hands the pieces on. Closing it makes the last one. */
final class PieceWriter extends OutputStream {
    static final int PIECE = 1 << 20;

    private final ContentKey key;
    private final Target target;
    private byte[] buffer = new byte[16 << 10];
    private int filled;
    private int number;
    private long written;
    private boolean closed;

    /** Takes the pieces in their order. */
    @FunctionalInterface
    interface Target {
        void take(int number, byte[] sealed, boolean last);
    }

    PieceWriter(ContentKey key, Target target) {
        this.key = key;
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == PIECE) {
                // Only when more comes is it known that this piece is not the last.
                piece(false);
            }
            int part = Math.min(left, PIECE - filled);
            makeRoom(part);
            System.arraycopy(bytes, from, buffer, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    private void makeRoom(int more) {
        if (filled + more > buffer.length) {
            int size = Math.min(PIECE, Math.max(buffer.length * 2, filled + more));
            buffer = java.util.Arrays.copyOf(buffer, size);
        }
    }

    private void piece(boolean last) {
        byte[] sealed = key.seal(buffer, filled, number, last);
        written += sealed.length;
        target.take(number, sealed, last);
        number++;
        filled = 0;
    }

    int pieces() {
        return number;
    }

    /** Bytes of all pieces. */
    long written() {
        return written;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            piece(true);
        }
    }
}
