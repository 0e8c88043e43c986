package ai.kubiya.server.knowledge.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of files whose text can be read. */
enum FileFormat {
    MARKDOWN("md", "markdown", "mdx"),
    TEXT("txt", "text", "log", "rst", "adoc"),
    HTML("html", "htm", "xhtml"),
    PDF("pdf"),
    DOCX("docx");

    private final String endings;

    FileFormat(String... endings) {
        this.endings = "/" + String.join("/", endings) + "/";
    }

    /** By the ending of a file's name. */
    static Optional<FileFormat> of(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> !ending.contains("/") && format.endings.contains("/" + ending + "/"))
                .findFirst();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the file is its own text. */
    boolean isPlain() {
        return this == MARKDOWN || this == TEXT;
    }
}
