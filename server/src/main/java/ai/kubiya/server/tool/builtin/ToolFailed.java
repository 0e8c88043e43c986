package ai.kubiya.server.tool.builtin;

/** A call that cannot be done; the message is a sentence for the model. */
public final class ToolFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public ToolFailed(String message) {
        super(message);
    }
}
