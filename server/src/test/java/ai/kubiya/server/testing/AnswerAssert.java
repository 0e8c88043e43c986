package ai.kubiya.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;

/** Says what an {@link Answer} must be like; a failure shows the whole of it. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnswerAssert(Answer actual) {
        super(actual, AnswerAssert.class);
    }

    public static AnswerAssert assertThat(Answer actual) {
        return new AnswerAssert(actual);
    }

    public AnswerAssert hasStatus(int status) {
        return require(actual.status() == status, "status " + status);
    }

    /** One of these. */
    public AnswerAssert hasStatusAmong(int... statuses) {
        return require(
                Arrays.stream(statuses).anyMatch(status -> status == actual.status()),
                "a status among " + Arrays.toString(statuses));
    }

    public AnswerAssert hasErrorCode(String code) {
        require(actual.text("/errorCode").equals(code), "the error code " + code);
        return require(actual.at("/status").asInt() == actual.status(), "the status in the body too");
    }

    /** The sentence for people contains these words. */
    public AnswerAssert saysWhy(String... words) {
        for (String word : words) {
            require(actual.text("/details").contains(word), "details with \"" + word + "\"");
        }
        return this;
    }

    /** Something is wrong with the field, and the message about it contains these words. */
    public AnswerAssert hasFieldError(String field, String words) {
        boolean found = actual.at("/errors")
                .valueStream()
                .anyMatch(error -> error.path("field").asText().equals(field)
                        && error.path("message").asText().contains(words));
        return require(found, "an error about " + field + " with \"" + words + "\"");
    }

    /** Number of wrong fields. */
    public AnswerAssert hasFieldErrors(int count) {
        return require(actual.at("/errors").size() == count, count + " wrong fields");
    }

    public AnswerAssert hasHeader(String name, String value) {
        return require(
                actual.header(name).filter(value::equals).isPresent(),
                "the header " + name + ": " + value + ", not " + actual.header(name));
    }

    public AnswerAssert hasHeader(String name) {
        return require(actual.header(name).isPresent(), "the header " + name);
    }

    public AnswerAssert hasNoHeader(String name) {
        return require(actual.header(name).isEmpty(), "no header " + name);
    }

    /** The value at a JSON pointer, given as Java says it: a string, number, boolean, list, map or JSON. */
    public AnswerAssert has(String pointer, Object value) {
        JsonNode wanted = value instanceof JsonNode node ? node : JSON.valueToTree(value);
        return require(actual.at(pointer).equals(wanted), pointer + " = " + wanted);
    }

    public AnswerAssert hasNull(String pointer) {
        return require(actual.at(pointer).isNull(), pointer + " = null");
    }

    /** The body contains this somewhere. */
    public AnswerAssert mentions(String text) {
        return require(actual.body().contains(text), "\"" + text + "\" in the body");
    }

    /** The body has this nowhere: somebody's secret, another organisation's name. */
    public AnswerAssert doesNotMention(String text) {
        return require(!actual.body().contains(text), "no \"" + text + "\" in the body");
    }

    private AnswerAssert require(boolean fine, String what) {
        isNotNull();
        if (!fine) {
            failWithMessage("expected %s but got %d with %s and%n%s", what, actual.status(), actual.headers(), body());
        }
        return this;
    }

    private String body() {
        return actual.body().length() > 4000 ? actual.body().substring(0, 4000) + "…" : actual.body();
    }
}
