package ai.kubiya.server.policy.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What expressions can ask about. The name in expressions is the lower-case name. */
public enum Variable {
    /** Who asks; the groups by id and by name. */
    USER,
    ORGANIZATION,
    /** The API key of the request. */
    KEY,
    /** The HTTP request that began it. */
    REQUEST,
    /** What is about to happen: the name of the point. */
    POINT,
    NOW,
    /** The tool, with the arguments as it will get them. */
    TOOL,
    /** The agent that is talked to, or that calls the tool; empty when a person calls it. */
    AGENT,
    /** The name of the runner. */
    RUNNER,
    /** What the user says. */
    MESSAGE,
    /** The conversation, with what the client sent along of it. */
    SESSION,
    PROJECT,
    /** Terraform's plan as {@code terraform show -json} has it. */
    PLAN;

    public String inExpressions() {
        return name().toLowerCase(Locale.ROOT);
    }

    Shape shape() {
        return VariableShapes.of(this);
    }

    /**
     * The value of what was sent; what is missing is empty.
     *
     * @param problems is told of everything that does not fit, by its JSON pointer
     */
    public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
        return shape().value(json, pointer, problems);
    }
}
