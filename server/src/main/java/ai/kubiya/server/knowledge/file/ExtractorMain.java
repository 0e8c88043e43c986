package ai.kubiya.server.knowledge.file;

import ai.kubiya.server.knowledge.file.Refusal.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jsoup.Jsoup;

/** A process that reads one file, writes its text to another and ends; see {@link Refusal} for how. */
public final class ExtractorMain {
    private ExtractorMain() {}

    /** @param arguments the format, the file, and where its text goes */
    public static void main(String[] arguments) {
        // Readers complain of every odd thing in a file, and nobody is there to hear it.
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(read(FileFormat.valueOf(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2])));
    }

    private static int read(FileFormat format, Path file, Path target) {
        try {
            String text = text(format, file);
            if (text.isBlank()) {
                return Refusal.NO_TEXT.exitCode;
            }
            if (text.length() > MarkdownText.LONGEST) {
                return Refusal.TOO_LONG.exitCode;
            }
            Files.writeString(target, text.replace('\0', ' '));
            return 0;
        } catch (Refused e) {
            return e.refusal.exitCode;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Whatever a reader of somebody else's bytes throws, the bytes are why.
            return Refusal.BROKEN.exitCode;
        }
    }

    private static String text(FileFormat format, Path file) throws IOException {
        return switch (format) {
            case MARKDOWN, TEXT -> Files.readString(file);
            case HTML -> HtmlReader.text(Jsoup.parse(file.toFile(), null));
            case PDF -> PdfReader.text(file);
            case DOCX -> DocxReader.text(file);
        };
    }
}
