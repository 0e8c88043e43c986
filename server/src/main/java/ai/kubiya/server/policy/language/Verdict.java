package ai.kubiya.server.policy.language;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of evaluating an expression. */
public sealed interface Verdict {
    /** It is true. */
    record True() implements Verdict {}

    /** It is false. */
    record False() implements Verdict {}

    /**
     * It is something else, which decides nothing.
     *
     * @param value of a JSON kind
     */
    record Other(JsonNode value) implements Verdict {}

    /**
     * It could not be evaluated.
     *
     * @param reason a sentence's end that holds nothing of the input: "it reads a field that is not there"
     */
    record Failed(String reason) implements Verdict {}
}
