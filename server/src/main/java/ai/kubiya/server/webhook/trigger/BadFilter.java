package ai.kubiya.server.webhook.trigger;

/** A filter that cannot be used; the message is the rest of a sentence about it. */
public final class BadFilter extends Exception {
    private static final long serialVersionUID = 1L;

    BadFilter(String message) {
        super(message);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
