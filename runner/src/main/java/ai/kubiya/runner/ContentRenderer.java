package ai.kubiya.runner;

import ai.kubiya.protocol.ToolRun;

/** Fills the arguments of a run into its content. */
public interface ContentRenderer {

    /** The content with every argument in its place, quoted for that place. */
    String render(ToolRun run) throws BadTemplate;

    /** The content cannot be rendered; the message tells its author why. */
    final class BadTemplate extends Exception {
        private static final long serialVersionUID = 1L;

        public BadTemplate(String message) {
            super(message);
        }
    }
}
