package ai.kubiya.server.knowledge.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.jspecify.annotations.Nullable;

/** Documents as people's programs write them. */
final class Documents {
    private static final String WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private Documents() {}

    static byte[] pdf(String... pages) throws IOException {
        return pdf(null, pages);
    }

    static byte[] lockedPdf(String password, String text) throws IOException {
        return pdf(password, new String[] {text});
    }

    private static byte[] pdf(@Nullable String password, String[] pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (String text : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(72, 700);
                    content.showText(text);
                    content.endText();
                }
            }
            if (password != null) {
                document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    static byte[] docx(String heading, String paragraph) throws IOException {
        return docx("", heading, paragraph, new byte[0]);
    }

    /**
     * A Word document.
     *
     * @param before what stands at the beginning of its main part
     * @param more of another part of it
     */
    static byte[] docx(String before, String heading, String paragraph, byte[] more) throws IOException {
        return zip(Map.of(
                "[Content_Types].xml",
                text("""
                        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                        <Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
                        </Types>"""),
                "_rels/.rels",
                text("""
                        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
                        Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
                        Target="word/document.xml"/></Relationships>"""),
                "word/styles.xml",
                text("<w:styles xmlns:w=\"" + WORDS + "\"><w:style w:type=\"paragraph\" w:styleId=\"Heading1\">"
                        + "<w:name w:val=\"heading 1\"/></w:style></w:styles>"),
                "word/document.xml",
                text(before + "<w:document xmlns:w=\"" + WORDS + "\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/>"
                        + "</w:pPr><w:r><w:t>" + heading + "</w:t></w:r></w:p><w:p><w:r><w:t>" + paragraph
                        + "</w:t></w:r></w:p></w:body></w:document>"),
                "word/media/picture.bin",
                more));
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
