package ai.kubiya.server.knowledge.passage;

/**
 * A piece of a text.
 *
 * @param heading the headings that it stands under, the outermost first
 * @param start where it begins in the text
 * @param end where it ends, exclusive
 */
public record Passage(String heading, String text, int start, int end) {}
