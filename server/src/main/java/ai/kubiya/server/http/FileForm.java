package ai.kubiya.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form with one file. The file goes to disk as it arrives; the other fields are short texts.
 *
 * @param file on disk; the one who read the form deletes it
 * @param fileName as the client named it
 */
public record FileForm(Path file, String fileName, Map<String, String> fields) implements AutoCloseable {
    private static final Pattern DISPOSITION = Pattern.compile("(?im)^content-disposition:\\s*form-data\\s*;\\s*(.*)$");
    private static final int LONGEST_FIELD = 1 << 20;

    /**
     * Reads a form.
     *
     * @param what is to be in the file
     * @param example how to send it with curl
     */
    public static FileForm read(Request request, Path workspace, String what, String example) throws IOException {
        byte[] boundary = boundary(request, what, example);
        Files.createDirectories(workspace);
        Path file = Files.createTempFile(workspace, "upload-", null);
        try (InputStream body = request.body()) {
            Map<String, String> fields = new HashMap<>();
            String fileName = parts(new MultipartStream(body, boundary, 64 << 10, null), file, fields);
            if (fileName == null) {
                throw ApiException.invalid("file", "is required: a form field with " + what);
            }
            return new FileForm(file, fileName, fields);
        } catch (MultipartStream.MalformedStreamException | MultipartStream.IllegalBoundaryException e) {
            Files.deleteIfExists(file);
            throw ApiException.invalid("/", "the multipart form is cut off or broken");
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isBlank());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    private static @Nullable String parts(MultipartStream form, Path file, Map<String, String> fields)
            throws IOException {
        String fileName = null;
        for (boolean more = form.skipPreamble(); more; more = form.readBoundary()) {
            Map<String, String> disposition = disposition(form.readHeaders());
            String name = disposition.getOrDefault("name", "");
            if (disposition.containsKey("filename") && fileName == null) {
                fileName = disposition.get("filename");
                try (OutputStream out = Files.newOutputStream(file)) {
                    form.readBodyData(out);
                }
            } else {
                Limited text = new Limited(name);
                form.readBodyData(text);
                fields.put(name, text.toString(StandardCharsets.UTF_8));
            }
        }
        return fileName;
    }

    private static Map<String, String> disposition(String headers) {
        Matcher matcher = DISPOSITION.matcher(headers);
        if (!matcher.find()) {
            throw ApiException.invalid("/", "a part of the form has no Content-Disposition: form-data header");
        }
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        Map<String, String> found = new HashMap<>();
        parser.parse(matcher.group(1), ';').forEach((name, value) -> found.put(name, value == null ? "" : value));
        return found;
    }

    private static byte[] boundary(Request request, String what, String example) {
        String type = request.header("Content-Type").orElse("");
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        String boundary = parser.parse(type, ';').get("boundary");
        if (!type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data") || boundary == null) {
            throw ApiException.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send " + what + " as a multipart/form-data form with a file field, as curl -F " + example
                            + " does.");
        }
        return boundary.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static final class Limited extends ByteArrayOutputStream {
        private final String name;

        Limited(String name) {
            this.name = name;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() + length > LONGEST_FIELD) {
                throw ApiException.invalid(name, "must be shorter than 1 MiB");
            }
            super.write(bytes, offset, length);
        }
    }
}
