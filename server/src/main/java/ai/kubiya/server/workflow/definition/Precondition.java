package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * What has to be so for a step to be done; otherwise it is skipped.
 *
 * @param condition a text with references
 * @param expected what it has to be, or {@code re:} and a pattern that has to be found in it; null = anything but empty,
 *     {@code false} and {@code 0}
 * @param negated whether it has to be otherwise
 */
public record Precondition(String condition, @Nullable String expected, boolean negated) {
    private static final String PATTERN = "re:";
    private static final Set<String> FALSE = Set.of("", "false", "0", "null", "no");
    private static final java.util.regex.Pattern COMPARISON =
            java.util.regex.Pattern.compile("(?s)(.*?)\\s*(==|!=)\\s*(.*)");

    /** Reads {@code "${A} == b"}, {@code "${A}"} or {@code {condition, expected}}; notes what is wrong. */
    static Optional<Precondition> of(JsonNode json, String pointer, JsonFields step) {
        if (json.isTextual()) {
            return ofText(json.asText(), pointer, step);
        }
        if (!json.isObject() || !json.path("condition").isTextual()) {
            step.problem(pointer, "must be a text, or an object with condition and expected");
            return Optional.empty();
        }
        JsonNode expected = json.path("expected");
        if (expected.isMissingNode() || expected.isNull()) {
            return ofText(json.path("condition").asText(), pointer + "/condition", step);
        }
        String text = expected.asText();
        if (text.startsWith(PATTERN)) {
            try {
                Pattern.compile(text.substring(PATTERN.length()));
            } catch (PatternSyntaxException e) {
                step.problem(pointer + "/expected", "is no regular expression: " + e.getMessage());
            }
        }
        return withoutCommand(json.path("condition").asText(), pointer, step)
                .map(condition -> new Precondition(condition, text, false));
    }

    private static Optional<Precondition> ofText(String text, String pointer, JsonFields step) {
        Matcher comparison = COMPARISON.matcher(text);
        boolean compares = comparison.matches();
        return withoutCommand(text, pointer, step)
                .map(whole -> compares
                        ? new Precondition(
                                unquoted(comparison.group(1)),
                                unquoted(comparison.group(3)),
                                comparison.group(2).equals("!="))
                        : new Precondition(whole.strip(), null, false));
    }

    private static Optional<String> withoutCommand(String text, String pointer, JsonFields step) {
        if (text.indexOf('`') >= 0 || text.contains("$(")) {
            step.problem(
                    pointer,
                    "cannot run a command; run it as a step with an output, and compare that: \"${NAME} == value\"");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static String unquoted(String text) {
        String stripped = text.strip();
        boolean quoted = stripped.length() > 1
                && (stripped.startsWith("\"") || stripped.startsWith("'"))
                && stripped.endsWith(stripped.substring(0, 1));
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    /** @param resolve puts values in the place of references */
    public boolean holds(UnaryOperator<String> resolve) {
        String value = resolve.apply(condition).strip();
        if (expected == null) {
            return !FALSE.contains(value.toLowerCase(java.util.Locale.ROOT)) && !value.startsWith("${");
        }
        if (expected.startsWith(PATTERN)) {
            return Pattern.compile(expected.substring(PATTERN.length()))
                    .matcher(value)
                    .find();
        }
        return value.equals(resolve.apply(expected).strip()) != negated;
    }

    /** For the sentence about a step that was skipped. */
    @Override
    public String toString() {
        return expected == null ? condition : condition + (negated ? " != " : " == ") + expected;
    }
}
