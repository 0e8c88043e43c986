package ai.kubiya.server.state.content;

import ai.kubiya.server.crypto.ContentKey;
import ai.kubiya.server.crypto.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads what a {@link PieceWriter} made, asking for one piece at a time. */
final class PieceReader extends InputStream {
    private final ContentKey key;
    private final int pieces;
    private final IntFunction<Optional<byte[]>> source;
    private byte[] piece = new byte[0];
    private int position;
    private int next;

    /**
     * A reader.
     *
     * @param source a piece by its number; empty when it is gone
     */
    PieceReader(ContentKey key, int pieces, IntFunction<Optional<byte[]>> source) {
        this.key = key;
        this.pieces = pieces;
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, into, offset, part);
        position += part;
        return part;
    }

    private boolean fill() throws IOException {
        while (position == piece.length) {
            if (next == pieces) {
                return false;
            }
            int number = next;
            byte[] sealed = source.apply(number)
                    .orElseThrow(() -> new IOException("piece " + number + " of " + pieces + " is gone"));
            try {
                piece = key.open(sealed, number, number == pieces - 1);
            } catch (Vault.CannotOpen e) {
                throw new IOException(e);
            }
            position = 0;
            next++;
        }
        return true;
    }
}
