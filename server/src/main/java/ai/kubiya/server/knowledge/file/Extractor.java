package ai.kubiya.server.knowledge.file;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.source.git.Checkout;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads the text of files that may be hostile, a few at a time. */
public final class Extractor {
    private static final int AT_A_TIME = 2;
    private static final int WAIT_SECONDS = 60;
    private static final int MEMORY_MB = 256;
    /** Of a JVM that is told to end when its memory does. */
    private static final int OUT_OF_MEMORY = 3;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path workspace;
    private final Duration longest;
    private final Semaphore free = new Semaphore(AT_A_TIME, true);

    /** @param longest that reading a file may take */
    public Extractor(Path workspace, Duration longest) {
        this.workspace = workspace;
        this.longest = longest;
    }

    /** @throws ApiException 400 when there is no text to be had of it */
    String text(Path file, FileFormat format) throws IOException {
        return format.isPlain() ? plain(file) : limited(file, format);
    }

    private static String plain(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String whole = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            if (whole.indexOf('\0') >= 0) {
                throw refused("it is no text: there are bytes of 0 in it");
            }
            if (whole.length() > MarkdownText.LONGEST) {
                throw refused(Refusal.TOO_LONG.sentence);
            }
            if (whole.isBlank()) {
                throw refused("it is empty");
            }
            return whole;
        } catch (CharacterCodingException e) {
            throw refused("it is no text in UTF-8: convert it first");
        }
    }

    private static ApiException refused(String sentence) {
        return ApiException.invalid("/file", "cannot be read: " + sentence);
    }

    private String limited(Path file, FileFormat format) throws IOException {
        try {
            if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw ApiException.unavailable("Too many files are being read at once; try again.", 30);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The server is stopping.", 5);
        }
        Path folder = Files.createTempDirectory(workspace, "extract-");
        try {
            return read(folder, file, format);
        } finally {
            free.release();
            Checkout.delete(folder);
        }
    }

    private String read(Path folder, Path file, FileFormat format) throws IOException {
        Path target = folder.resolve("text");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + MEMORY_MB + "m",
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                // PDFBox keeps a list of the system's fonts.
                "-Dpdfbox.fontcache=" + folder,
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath(),
                ExtractorMain.class.getName(),
                format.name(),
                file.toAbsolutePath().toString(),
                target.toAbsolutePath().toString());
        // Nothing of ours is for it to know.
        builder.environment().clear();
        builder.directory(folder.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        Process process = builder.start();
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw refused("that takes longer than " + longest.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The server is stopping.", 5);
        } finally {
            process.toHandle().destroyForcibly();
        }
        return outcome(process.exitValue(), target);
    }

    private static String outcome(int exitCode, Path target) throws IOException {
        if (exitCode == 0) {
            return Files.readString(target);
        }
        if (exitCode == OUT_OF_MEMORY) {
            throw refused("that takes more than " + MEMORY_MB + " MiB of memory: split it");
        }
        Optional<Refusal> refusal = Arrays.stream(Refusal.values())
                .filter(each -> each.exitCode == exitCode)
                .findFirst();
        if (refusal.isEmpty()) {
            throw new IllegalStateException("the process that reads files ended with " + exitCode);
        }
        throw refused(refusal.get().sentence);
    }

    /** Relative parts are of our folder, not of the other process's. */
    private static String classPath() {
        List<String> parts = Arrays.asList(System.getProperty("java.class.path").split(java.io.File.pathSeparator));
        return String.join(
                java.io.File.pathSeparator,
                parts.stream()
                        .map(part -> Path.of(part).toAbsolutePath().toString())
                        .toList());
    }
}
