package ai.kubiya.server.knowledge.passage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL takes for one word though people look for its parts: {@code java.util.List}, {@code kubectl-get},
 * {@code computeIfAbsent}, and scripts that put no spaces between words.
 */
public final class WordParts {
    private static final Pattern COMPOUND = Pattern.compile("[\\p{L}\\p{N}]++(?:[._/:@#$\\\\+=-]++[\\p{L}\\p{N}]++)*+");
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]++");
    private static final Pattern HUMP =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Pattern UNSPACED =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]{2,}+");

    private WordParts() {}

    /** The text, and after it the parts of its words. What is between angle brackets would be left out as markup. */
    public static String with(String text) {
        StringBuilder parts = new StringBuilder(text.replace('<', ' ').replace('>', ' '));
        for (Matcher word = COMPOUND.matcher(text); word.find(); ) {
            String whole = word.group();
            String[] pieces = SEPARATOR.split(whole);
            for (String piece : pieces) {
                String[] humps = HUMP.split(piece);
                if (humps.length > 1) {
                    add(parts, humps);
                }
            }
            if (pieces.length > 1) {
                add(parts, pieces);
            }
        }
        for (Matcher run = UNSPACED.matcher(text); run.find(); ) {
            for (int i = run.start(); i + 2 <= run.end(); i++) {
                parts.append(' ').append(text, i, i + 2);
            }
        }
        return parts.toString();
    }

    private static void add(StringBuilder parts, String[] words) {
        for (String word : words) {
            parts.append(' ').append(word);
        }
    }
}
