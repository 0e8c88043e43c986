package ai.kubiya.server.knowledge.passage;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a Markdown text into passages: along its headings first, long sections at paragraphs, lines, sentences or words, and
 * small ones together. Passages of one long section overlap a little, so that what stands at a cut is whole in one of them.
 */
public final class PassageCutter {
    private static final int TARGET = 700;
    /** What the embedding model reads to the end, about. */
    private static final int MOST = 1000;

    private static final int LEAST = 200;
    private static final int OVERLAP = 120;

    private final String content;
    private final List<Passage> passages = new ArrayList<>();

    private PassageCutter(String content) {
        this.content = content;
    }

    /** At least one, though it may be empty. */
    public static List<Passage> cut(String content) {
        PassageCutter cutter = new PassageCutter(content);
        cutter.cut(Sections.of(content));
        return cutter.passages.isEmpty() ? List.of(new Passage("", "", 0, 0)) : List.copyOf(cutter.passages);
    }

    private void cut(List<Sections.Section> sections) {
        Sections.Section open = null;
        for (Sections.Section section : sections) {
            if (open != null && open.length() < LEAST && section.end() - open.start() <= TARGET) {
                String heading = open.heading().isEmpty() ? section.heading() : open.heading();
                open = new Sections.Section(heading, open.start(), section.end());
            } else {
                if (open != null) {
                    split(open);
                }
                open = section;
            }
        }
        if (open != null) {
            split(open);
        }
    }

    private void split(Sections.Section section) {
        int start = section.start();
        while (section.end() - start > MOST) {
            int cut = best(start + TARGET / 2, start + MOST);
            add(section.heading(), start, cut);
            start = Math.max(overlap(cut), start + LEAST);
        }
        add(section.heading(), start, section.end());
    }

    /** The last place between the two where a cut hurts least. */
    private int best(int from, int to) {
        int paragraph = content.lastIndexOf("\n\n", to - 2);
        if (paragraph >= from) {
            return paragraph + 2;
        }
        int line = content.lastIndexOf('\n', to - 1);
        if (line >= from) {
            return line + 1;
        }
        int word = -1;
        for (int i = to - 1; i >= from; i--) {
            if (Character.isWhitespace(content.charAt(i))) {
                if (".!?:;。！？".indexOf(content.charAt(i - 1)) >= 0) {
                    return i + 1;
                }
                word = Math.max(word, i + 1);
            }
        }
        return word > 0 ? word : whole(to);
    }

    /** The beginning of the last sentence before a cut, or of a word in it. */
    private int overlap(int cut) {
        int end = cut;
        while (Character.isWhitespace(content.charAt(end - 1))) {
            end--;
        }
        int word = cut;
        for (int i = end - 2; i > end - OVERLAP; i--) {
            if (Character.isWhitespace(content.charAt(i))) {
                word = i + 1;
                if (content.charAt(i) == '\n' || ".!?。！？".indexOf(content.charAt(i - 1)) >= 0) {
                    return word;
                }
            }
        }
        return word;
    }

    /** Not within a character. */
    private int whole(int cut) {
        return Character.isLowSurrogate(content.charAt(cut)) ? cut - 1 : cut;
    }

    private void add(String heading, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(content.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(content.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            passages.add(new Passage(heading, content.substring(start, end), start, end));
        }
    }
}
