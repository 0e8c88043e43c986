package ai.kubiya.server.knowledge.file;

import ai.kubiya.server.knowledge.file.Refusal.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jsoup.Jsoup;
import org.zwobble.mammoth.DocumentConverter;

/** The text of a Word document, as Markdown. */
final class DocxReader {
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_ENTRIES = 5000;

    private DocxReader() {}

    static String text(Path file) throws IOException {
        requireHarmless(file);
        String html = new DocumentConverter()
                .imageConverter(_ -> Map.of())
                .convertToHtml(file.toFile())
                .getValue();
        return HtmlReader.text(Jsoup.parse(html));
    }

    /** What comes out is counted as it comes, and no part may declare entities: documents of this kind never do. */
    private static void requireHarmless(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new Refused(Refusal.BOMB);
            }
            long left = MOST_BYTES;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    byte[] bytes = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
                    left -= bytes.length;
                    if (left < 0) {
                        throw new Refused(Refusal.BOMB);
                    }
                    String name = entry.getName().toLowerCase(Locale.ROOT);
                    if ((name.endsWith(".xml") || name.endsWith(".rels")) && declares(bytes)) {
                        throw new Refused(Refusal.BROKEN);
                    }
                }
            }
        }
    }

    /** In any encoding that has ASCII's letters, with bytes of 0 between them or not. */
    private static boolean declares(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 64 << 10), StandardCharsets.ISO_8859_1);
        return text.replace("\0", "").contains("<!DOCTYPE");
    }
}
