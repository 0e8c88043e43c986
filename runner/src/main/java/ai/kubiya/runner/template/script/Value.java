package ai.kubiya.runner.template.script;

import com.fasterxml.jackson.databind.JsonNode;

/** The result of an action. */
public record Value(JsonNode node, Form form) {

    /** What the action said about how its result is to be written. */
    public enum Form {
        /** Nothing. Text that is a whole shell word may become several. */
        FREE,
        /** One word, even where text would be split; JSON is never meant to be several words. */
        WHOLE,
        /** {@code quote}: one word, and marks of its own where the place has no quotes to give. */
        QUOTE,
        /** {@code squote}, likewise. */
        SINGLE_QUOTE
    }

    public static Value of(JsonNode node) {
        return new Value(node, node.isContainerNode() ? Form.WHOLE : Form.FREE);
    }

    /** The value as text, without marks of its own. */
    public String text() {
        return GoText.of(node);
    }

    /** The value with the marks that {@code quote} and {@code squote} write around it: text in JSON, or a shell word. */
    public String marked() {
        return switch (form) {
            case FREE, WHOLE -> text();
            case QUOTE -> GoText.json(text());
            case SINGLE_QUOTE -> ShellQuoting.word(text());
        };
    }
}
