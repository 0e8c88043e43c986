package ai.kubiya.server.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A streamed answer's bytes. However the library says that the client is gone, writers hear it as an {@link IOException}. */
final class ClientStream extends FilterOutputStream {
    ClientStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("the client hung up", e);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (RuntimeException e) {
            throw new IOException("the client hung up", e);
        }
    }
}
