package ai.kubiya.runner.executor;

/** A run cannot be started; the message tells people what to do about it. */
public final class NotStartedException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotStartedException(String message) {
        super(message);
    }

    public NotStartedException(String message, Throwable cause) {
        super(message, cause);
    }
}
