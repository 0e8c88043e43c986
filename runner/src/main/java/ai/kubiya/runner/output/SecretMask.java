package ai.kubiya.runner.output;

import java.util.Collection;
import java.util.List;

/**
 * Replaces the secrets of a run by {@code ***}, in the forms in which they commonly appear (see {@link SecretForms}).
 * Values shorter than {@value SecretForms#SHORTEST} characters are not masked: they would hide ordinary text and tell
 * their length while doing so.
 */
public final class SecretMask {
    static final String MASK = "***";

    private final PatternTree patterns;

    private SecretMask(PatternTree patterns) {
        this.patterns = patterns;
    }

    public static SecretMask of(Collection<String> secrets) {
        List<String> forms =
                secrets.stream().flatMap(SecretForms::of).distinct().toList();
        return new SecretMask(new PatternTree(forms));
    }

    /** Masks a text that is complete in itself, such as a message. */
    public String mask(String text) {
        MaskedStream stream = stream();
        return stream.feed(text) + stream.end();
    }

    /** Masks a text that arrives in pieces. */
    public MaskedStream stream() {
        return new MaskedStream(patterns);
    }
}
