package ai.kubiya.server.model;

/** No model can be given; the message is a sentence for the person who asked. */
public final class ModelUnavailable extends RuntimeException {
    /** Why; the word is stable and may go into an error body. */
    public enum Reason {
        /** Nothing is configured. */
        NOT_CONFIGURED,
        /** Models are configured, but not this one. */
        UNKNOWN_MODEL
    }

    private final Reason reason;

    ModelUnavailable(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
