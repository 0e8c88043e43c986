package ai.kubiya.server.knowledge.file;

import ai.kubiya.server.knowledge.file.Refusal.Refused;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF, page by page: each is a section, so that what is cited can be found on it. */
final class PdfReader {
    private PdfReader() {}

    static String text(Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            MarkdownText text = new MarkdownText();
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setAddMoreFormatting(true);
            int pages = document.getNumberOfPages();
            for (int page = 1; page <= pages; page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String words = stripper.getText(document).strip();
                if (!words.isEmpty()) {
                    text.paragraph();
                    text.add(pages == 1 ? words : "## Page " + page + "\n\n" + words);
                }
            }
            return text.toString();
        } catch (InvalidPasswordException e) {
            throw new Refused(Refusal.PROTECTED);
        }
    }
}
