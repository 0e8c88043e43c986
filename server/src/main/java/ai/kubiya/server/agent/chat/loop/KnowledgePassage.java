package ai.kubiya.server.agent.chat.loop;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A passage of what the organisation knows that the model is shown: data, whatever it says.
 *
 * @param number what the answer cites it by
 * @param knowledgeId the entry
 * @param version of the entry that it is from
 * @param start where it begins in that version's content
 * @param relevanceScore from 0 to 1
 * @param restricted whether somebody in the organisation may not read the entry
 */
@JsonNaming(SnakeCaseStrategy.class)
public record KnowledgePassage(
        int number,
        String knowledgeId,
        int version,
        String title,
        String heading,
        String passage,
        int position,
        int start,
        int end,
        double relevanceScore,
        boolean restricted) {

    /** Marked as what it is. A text that closes the frame itself does not get out of it. */
    String framed() {
        String under = heading.isEmpty() ? title : title + " > " + heading;
        return "<passage number=\"%d\" from=\"%s\">\n%s\n</passage>"
                .formatted(number, closed(under).replace("\"", "'"), closed(passage));
    }

    private static String closed(String text) {
        return text.replace("</passage", "<\\/passage").replace("</knowledge", "<\\/knowledge");
    }
}
