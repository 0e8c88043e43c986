package ai.kubiya.server.knowledge.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a passage the words of a question are. */
final class Highlights {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++");

    private Highlights() {}

    /** Part of a text. */
    record Span(int start, int end) {}

    static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            words.add(word.group());
        }
        return words;
    }

    static List<Span> of(String text, Set<String> matching) {
        List<Span> spans = new ArrayList<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            if (matching.contains(word.group())) {
                spans.add(new Span(word.start(), word.end()));
            }
        }
        return spans;
    }

    /** As HTML that can be shown as it is: the words between {@code <mark>} and {@code </mark>}, all else escaped. */
    static String html(String text, List<Span> spans) {
        StringBuilder html = new StringBuilder();
        int at = 0;
        for (Span span : spans) {
            html.append(escaped(text.substring(at, span.start())))
                    .append("<mark>")
                    .append(escaped(text.substring(span.start(), span.end())))
                    .append("</mark>");
            at = span.end();
        }
        return html.append(escaped(text.substring(at))).toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
