package ai.kubiya.server.knowledge.passage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the sections of a Markdown text, heading by heading; what looks like one within code is none. */
final class Sections {
    private static final int LONGEST_HEADING = 200;
    private static final Pattern MARKED = Pattern.compile("^ {0,3}(#{1,6})(?:[ \\t].*)?$");
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(```|~~~).*$");
    private static final Pattern UNDERLINE = Pattern.compile("^(?:=+|-+)[ \\t]*$");
    private static final Pattern NO_HEADING = Pattern.compile("^\\s*(?:$|[-*+>|#]|\\d+[.)]|```|~~~).*");

    private final List<Section> sections = new ArrayList<>();
    private final Deque<Heading> path = new ArrayDeque<>();
    private int start;

    private Sections() {}

    /**
     * A part of a text from one heading to the next.
     *
     * @param heading with those above it
     */
    record Section(String heading, int start, int end) {
        int length() {
            return end - start;
        }
    }

    private record Heading(int level, String title) {}

    static List<Section> of(String content) {
        Sections sections = new Sections();
        sections.read(content);
        return sections.sections;
    }

    private void read(String content) {
        String fence = "";
        String before = "";
        int beforeAt = 0;
        int at = 0;
        while (at < content.length()) {
            int newline = content.indexOf('\n', at);
            int next = newline < 0 ? content.length() : newline + 1;
            // Lines that are no headings for their length are not looked at to their end.
            String line = content.substring(at, Math.min(next, at + LONGEST_HEADING * 2))
                    .stripTrailing();
            if (FENCE.matcher(line).matches()) {
                String mark = line.strip().substring(0, 3);
                fence = fence.isEmpty() ? mark : fence.equals(mark) ? "" : fence;
            } else if (fence.isEmpty() && MARKED.matcher(line).matches()) {
                String marks = line.strip();
                int level = marks.length() - marks.replaceFirst("^#{1,6}", "").length();
                open(at, level, marks.replaceFirst("^#{1,6}", "").replaceFirst("[ \\t]#+$", ""));
            } else if (fence.isEmpty()
                    && UNDERLINE.matcher(line).matches()
                    && !NO_HEADING.matcher(before).matches()) {
                open(beforeAt, line.startsWith("=") ? 1 : 2, before);
            }
            before = line;
            beforeAt = at;
            at = next;
        }
        close(content.length());
    }

    private void open(int at, int level, String title) {
        close(at);
        while (!path.isEmpty() && path.getLast().level() >= level) {
            path.removeLast();
        }
        String plain = title.strip();
        path.add(new Heading(level, plain.substring(0, Math.min(plain.length(), LONGEST_HEADING))));
        start = at;
    }

    private void close(int end) {
        if (end > start) {
            sections.add(new Section(path.stream().map(Heading::title).collect(Collectors.joining(" > ")), start, end));
        }
        start = end;
    }
}
