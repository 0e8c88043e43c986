package ai.kubiya.server.testing;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A multipart form. */
public final class UploadForm {
    private static final String BOUNDARY = "----form-boundary-7MA4YWxkTrZu0gW";

    public static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public static UploadForm file(String fileName, byte[] content) {
        return new UploadForm().withFile("file", fileName, content);
    }

    public UploadForm withFile(String name, String fileName, byte[] content) {
        head("form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: application/octet-stream");
        body.writeBytes(content);
        write("\r\n");
        return this;
    }

    public UploadForm withField(String name, String value) {
        head("form-data; name=\"" + name + "\"");
        write(value + "\r\n");
        return this;
    }

    private void head(String disposition) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n");
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole body. */
    public byte[] bytes() {
        byte[] end = ("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(end);
        return whole.toByteArray();
    }

    BodyPublisher publisher() {
        return BodyPublishers.ofByteArray(bytes());
    }
}
