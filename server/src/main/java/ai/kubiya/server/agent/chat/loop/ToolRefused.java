package ai.kubiya.server.agent.chat.loop;

/** A tool call cannot be started and nothing ran; the message is a sentence that the model is told. */
public final class ToolRefused extends Exception {
    public ToolRefused(String message) {
        super(message);
    }
}
