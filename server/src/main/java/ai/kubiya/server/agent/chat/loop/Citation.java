package ai.kubiya.server.agent.chat.loop;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * Where a passage stands that the model was shown. Events are read by people who may not read every entry, so they are stored
 * with places alone; texts are there only where they were read for somebody who may read them.
 *
 * @param number what the answer cites it by
 * @param knowledgeId the entry
 * @param version of the entry that it is from
 * @param position 0 for the first of the entry
 * @param start where it begins in that version's content
 * @param relevanceScore from 0 to 1
 * @param title of that version
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Citation(
        int number,
        String knowledgeId,
        int version,
        int position,
        int start,
        int end,
        double relevanceScore,
        @Nullable String title,
        @Nullable String heading,
        @Nullable String passage) {

    /** A place without its text. */
    public static Citation of(
            int number, String knowledgeId, int version, int position, int start, int end, double relevanceScore) {
        return new Citation(number, knowledgeId, version, position, start, end, relevanceScore, null, null, null);
    }

    /** With its text, for somebody who may read it. */
    public Citation saying(String title, String heading, String passage) {
        return new Citation(
                number, knowledgeId, version, position, start, end, relevanceScore, title, heading, passage);
    }
}
