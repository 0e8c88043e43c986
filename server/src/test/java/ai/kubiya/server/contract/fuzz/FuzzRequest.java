package ai.kubiya.server.contract.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as it goes over the wire, however odd.
 *
 * @param target path and query, as they are sent
 * @param headers lines without their end; what tells of the body's length is added
 * @param chunked whether the body is sent in pieces
 */
@SuppressWarnings("ArrayRecordComponent")
record FuzzRequest(String method, String target, List<String> headers, byte[] body, boolean chunked) {
    private static final int PIECE = 7000;

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: fuzz\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body.length > 0 || !List.of("GET", "HEAD", "DELETE").contains(method)) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.writeBytes(latin(head.append("\r\n").toString()));
        if (!chunked) {
            out.writeBytes(body);
            return out.toByteArray();
        }
        for (int from = 0; from < body.length; from += PIECE) {
            int length = Math.min(PIECE, body.length - from);
            out.writeBytes(latin(Integer.toHexString(length) + "\r\n"));
            out.write(body, from, length);
            out.writeBytes(latin("\r\n"));
        }
        out.writeBytes(latin("0\r\n\r\n"));
        return out.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Enough of it to understand and to send it again by hand. */
    @Override
    public String toString() {
        return method + " " + shortened(target, 600) + "\n" + shortened(String.join("\n", headers), 1500)
                + (chunked ? "\n(chunked)" : "") + "\n\n" + shortened(bodyText(), 3000);
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "… (" + text.length() + " characters)";
    }
}
