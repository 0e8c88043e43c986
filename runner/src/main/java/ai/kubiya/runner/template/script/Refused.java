package ai.kubiya.runner.template.script;

/** A value that cannot be computed, or cannot be written where it would stand; the message is one sentence. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    public Refused(String sentence) {
        super(sentence);
    }
}
