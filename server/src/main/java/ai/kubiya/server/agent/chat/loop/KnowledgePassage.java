package ai.kubiya.server.agent.chat.loop;

/**
 * A passage of what the organisation knows that the model is shown: data, whatever it says. It is never stored with the turn.
 *
 * @param citation where it stands
 */
public record KnowledgePassage(Citation citation, String title, String heading, String text) {

    /** Marked as what it is. A text that closes the frame itself does not get out of it. */
    String framed() {
        String under = heading.isEmpty() ? title : title + " > " + heading;
        return "<passage number=\"%d\" from=\"%s\">\n%s\n</passage>"
                .formatted(citation.number(), closed(under).replace("\"", "'"), closed(text));
    }

    private static String closed(String text) {
        return text.replace("</passage", "<\\/passage").replace("</knowledge", "<\\/knowledge");
    }
}
