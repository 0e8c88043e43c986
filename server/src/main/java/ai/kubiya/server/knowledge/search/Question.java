package ai.kubiya.server.knowledge.search;

import java.util.Locale;

/**
 * What somebody searches for.
 *
 * @param by what counts
 */
public record Question(String text, By by) {

    /** What a passage is found by. */
    public enum By {
        BOTH,
        WORDS,
        MEANING;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Question of(String text) {
        return new Question(text, By.BOTH);
    }
}
