package ai.kubiya.server.knowledge.file;

import ai.kubiya.server.knowledge.file.Refusal.Refused;

/** Gathers a text up to the longest that an entry can have. */
final class MarkdownText {
    static final int LONGEST = 1_000_000;

    private final StringBuilder text = new StringBuilder();

    /** Words that follow those before them. */
    void words(String more) {
        String collapsed = more.replaceAll("\\s+", " ");
        boolean atStart = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        add(atStart ? collapsed.stripLeading() : collapsed);
    }

    /** As it is. */
    void add(String more) {
        if (text.length() + more.length() > LONGEST) {
            throw new Refused(Refusal.TOO_LONG);
        }
        text.append(more);
    }

    /** What follows stands on a line of its own. */
    void line() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            add("\n");
        }
    }

    /** What follows is another paragraph. */
    void paragraph() {
        line();
        if (text.length() > 1 && text.charAt(text.length() - 2) != '\n') {
            add("\n");
        }
    }

    @Override
    public String toString() {
        return text.toString().strip();
    }
}
