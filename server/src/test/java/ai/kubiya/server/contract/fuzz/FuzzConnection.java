package ai.kubiya.server.contract.fuzz;

import ai.kubiya.server.testing.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends what no HTTP library would, one request after the other on a connection that is kept. Streams are listened to for
 * a moment, then it hangs up.
 */
final class FuzzConnection implements AutoCloseable {
    /** Nothing is asked for that takes so long: what has not answered then never will. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static final int MOMENT_MILLIS = 60;
    private static final int MOST_OF_A_STREAM = 256 << 10;

    private final int port;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    FuzzConnection(int port) {
        this.port = port;
    }

    /**
     * An answer.
     *
     * @param stream whether there is more of it that nobody read
     */
    record Heard(Answer answer, boolean stream) {}

    /** Sends and reads; once more on a new connection when the server had closed the old one. */
    Heard send(FuzzRequest request) throws IOException {
        boolean fresh = socket == null;
        try {
            return sendOnce(request);
        } catch (SocketTimeoutException e) {
            close();
            throw new IOException("no answer in " + PATIENCE_MILLIS + " ms", e);
        } catch (IOException e) {
            close();
            if (fresh) {
                throw e;
            }
            return sendOnce(request);
        }
    }

    private Heard sendOnce(FuzzRequest request) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            open.setTcpNoDelay(true);
            in = new BufferedInputStream(open.getInputStream());
            socket = open;
        }
        open.setSoTimeout(PATIENCE_MILLIS);
        byte[] bytes = request.bytes();
        try {
            open.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The server may have refused the beginning and said so; a head that was never read is another matter.
            if (in.available() == 0) {
                throw e;
            }
        }
        return read(request, open);
    }

    private Heard read(FuzzRequest request, Socket open) throws IOException {
        String first = line();
        Map<String, List<String>> headers = headers();
        while (first.startsWith("HTTP/1.1 1")) {
            first = line();
            headers = headers();
        }
        int status = Integer.parseInt(first.split(" ")[1]);
        String type = String.join("", headers.getOrDefault("content-type", List.of()));
        boolean stream = type.matches("(text/event-stream|application/x-ndjson).*");
        byte[] body;
        if (request.method().equals("HEAD") || status == 204 || status == 304) {
            body = new byte[0];
        } else if (headers.containsKey("content-length")) {
            body = in.readNBytes(Integer.parseInt(headers.get("content-length").getFirst()));
        } else {
            body = chunks(open, stream);
        }
        String connection = String.join("", headers.getOrDefault("connection", List.of()));
        if (stream || connection.equalsIgnoreCase("close") || request.headers().contains("Connection: close")) {
            close();
        }
        return new Heard(new Answer(status, headers, new String(body, StandardCharsets.UTF_8)), stream);
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] chunks(Socket open, boolean stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (stream) {
            open.setSoTimeout(MOMENT_MILLIS);
        }
        try {
            while (body.size() < MOST_OF_A_STREAM || !stream) {
                int length = Integer.parseInt(line().replaceFirst(";.*", ""), 16);
                body.writeBytes(in.readNBytes(length));
                line();
                if (length == 0) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            if (!stream) {
                throw e;
            }
        }
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up after \"" + line + "\"");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
