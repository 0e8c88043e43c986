package ai.kubiya.sdk.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One operation as SDKs offer it.
 *
 * @param name of the method: {@code list}, {@code create}, …
 * @param path as in the description
 * @param pathParameters in the order of the path
 * @param query query parameters
 * @param headers request headers that a caller may set
 * @param body what is sent
 * @param answer what comes back
 */
record Operation(
        String name,
        String method,
        String path,
        String summary,
        String description,
        List<String> pathParameters,
        List<Parameter> query,
        List<Parameter> headers,
        Body body,
        Answer answer) {

    /**
     * A query parameter or header.
     *
     * @param name on the wire
     * @param schema resolved one level
     */
    record Parameter(String name, String description, JsonNode schema, boolean required) {}

    /** What a request carries. */
    enum BodyKind {
        NONE,
        JSON,
        FORM
    }

    /**
     * What a request carries.
     *
     * @param schema as it stands in the description, references included; missing when there is no body
     */
    record Body(BodyKind kind, boolean required, JsonNode schema) {}

    /** How an answer is read. */
    enum AnswerKind {
        /** A JSON value. */
        JSON,
        /** A page of rows. */
        PAGE,
        /** Server-sent events. */
        STREAM,
        /** One of the first and the third, as the answer's type says. */
        JSON_OR_STREAM,
        /** Text. */
        TEXT,
        /** Nothing. */
        EMPTY
    }

    /**
     * What comes back.
     *
     * @param schema of the JSON value, or of a row of a page
     */
    record Answer(AnswerKind kind, JsonNode schema) {}
}
