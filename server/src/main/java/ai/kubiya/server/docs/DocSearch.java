package ai.kubiya.server.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds sections in which all words of a question are. Some hundred sections need no index. */
final class DocSearch {
    private static final int MOST = 30;
    private static final int AROUND = 110;

    private final List<Passage> passages;

    DocSearch(List<Passage> passages) {
        this.passages = List.copyOf(passages);
    }

    /**
     * Something to be found.
     *
     * @param page the title of the page that it is in
     * @param title its own
     */
    record Passage(String url, String page, String title, String text) {
        private int score(List<String> words) {
            String inTitle = title.toLowerCase(Locale.ROOT);
            String inPage = page.toLowerCase(Locale.ROOT);
            String inText = text.toLowerCase(Locale.ROOT);
            int score = 0;
            for (String word : words) {
                int hits = count(inText, word);
                int here = (inTitle.contains(word) ? 20 : 0) + (inPage.contains(word) ? 8 : 0) + Math.min(hits, 5);
                if (here == 0) {
                    return 0;
                }
                score += here;
            }
            return score;
        }

        private static int count(String text, String word) {
            int count = 0;
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
                count++;
            }
            return count;
        }
    }

    private record Hit(Passage passage, int score) {}

    /** The best first. */
    String resultsHtml(String question) {
        List<String> words = words(question);
        if (words.isEmpty()) {
            return "<h1>Search</h1><p>Type some words above.</p>";
        }
        List<Hit> hits = new ArrayList<>();
        for (Passage passage : passages) {
            int score = passage.score(words);
            if (score > 0) {
                hits.add(new Hit(passage, score));
            }
        }
        hits.sort(Comparator.comparingInt(Hit::score).reversed());
        StringBuilder html = new StringBuilder("<h1>Search</h1><p>%s for “%s”.</p><ol class=\"hits\">"
                .formatted(found(hits.size()), Html.escape(question)));
        hits.stream()
                .limit(MOST)
                .map(Hit::passage)
                .forEach(passage ->
                        html.append("<li><a href=\"%s\">%s</a> <span class=\"where\">%s</span><p>%s</p></li>\n"
                                .formatted(
                                        Html.escape(passage.url()),
                                        Html.escape(passage.title()),
                                        Html.escape(passage.page().equals(passage.title()) ? "" : passage.page()),
                                        excerpt(passage.text(), words))));
        return html.append("</ol>").toString();
    }

    private static String found(int count) {
        return count == 0
                ? "Nothing"
                : count == 1 ? "1 section" : count > MOST ? "The best " + MOST : count + " sections";
    }

    private static List<String> words(String question) {
        return Arrays.stream(question.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_/.-]+"))
                .filter(word -> !word.isBlank())
                .distinct()
                .limit(10)
                .toList();
    }

    /** The text around the first word that is in it, with the words marked. */
    private static String excerpt(String text, List<String> words) {
        String flat = text.replaceAll("\\s+", " ").strip();
        String lower = flat.toLowerCase(Locale.ROOT);
        int first = words.stream()
                .mapToInt(lower::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(0);
        int from = Math.max(0, first - AROUND);
        int to = Math.min(flat.length(), first + AROUND);
        String cut = (from > 0 ? "…" : "") + flat.substring(from, to) + (to < flat.length() ? "…" : "");
        String html = Html.escape(cut);
        for (String word : words) {
            html = html.replaceAll(
                    "(?iu)(" + java.util.regex.Pattern.quote(Html.escape(word)) + ")(?![^<]*>)(?![a-z]*;)",
                    "<mark>$1</mark>");
        }
        return html;
    }
}
