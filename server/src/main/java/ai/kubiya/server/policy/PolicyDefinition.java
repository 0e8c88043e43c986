package ai.kubiya.server.policy;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.policy.expression.ExpressionCompiler;
import ai.kubiya.server.policy.expression.RegoText;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client says about a policy.
 *
 * @param match concerns nothing where this is false; empty = everything
 * @param expression must be true
 * @param message why it is refused when it is not; may be empty
 * @param messageExpression makes the message of the input; empty = the message as it stands
 * @param environments kept for existing clients, without a meaning
 */
record PolicyDefinition(
        String name,
        String description,
        Set<PolicyPoint> appliesTo,
        String match,
        String expression,
        String message,
        String messageExpression,
        PolicyMode mode,
        boolean enabled,
        List<String> environments,
        String managedBy,
        String taskId) {

    static final String EXPRESSION = "/expression";
    static final String MATCH = "/match";
    static final String MESSAGE_EXPRESSION = "/message_expression";

    private static final List<String> READ_ONLY =
            List.of("id", "uuid", "created_by", "updated_by", "created_at", "updated_at");
    // It is a segment of a path.
    private static final Pattern NAME = Pattern.compile("[^/\\p{Cntrl}]+");
    /** Paths of their own begin with these. */
    private static final Set<String> RESERVED = Set.of("validate", "evaluate");

    static final int LONGEST_MESSAGE = 1_000;

    PolicyDefinition {
        appliesTo = Set.copyOf(appliesTo);
        environments = List.copyOf(environments);
    }

    /**
     * Reads the fields and notes what is wrong with them, the expressions excepted.
     *
     * @param strict of the documented surface; existing clients leave the points out
     */
    static PolicyDefinition of(JsonFields fields, boolean strict) {
        fields.ignore(READ_ONLY);
        if (!strict && fields.has("rego")) {
            fields.problem("/rego", RegoText.REFUSAL);
        }
        String name = fields.requiredText("name", 200);
        if (!name.isBlank() && !NAME.matcher(name).matches()) {
            fields.problem("/name", "must not contain / or control characters");
        } else if (RESERVED.contains(name)) {
            fields.problem("/name", "is the name of an operation; choose another one");
        }
        return new PolicyDefinition(
                name,
                fields.text("description", 10_000, ""),
                points(fields, strict),
                fields.text("match", ExpressionCompiler.LONGEST, ""),
                fields.requiredText("expression", ExpressionCompiler.LONGEST),
                fields.text("message", LONGEST_MESSAGE, ""),
                fields.text("message_expression", ExpressionCompiler.LONGEST, ""),
                mode(fields),
                fields.flag("enabled", true),
                fields.texts("env"),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    private static Set<PolicyPoint> points(JsonFields fields, boolean strict) {
        Set<PolicyPoint> points = EnumSet.noneOf(PolicyPoint.class);
        if (!fields.has("applies_to") && !strict) {
            return EnumSet.of(PolicyPoint.TOOL_EXECUTION);
        }
        List<String> names = fields.texts("applies_to");
        for (int i = 0; i < names.size(); i++) {
            int at = i;
            PolicyPoint.of(names.get(i))
                    .ifPresentOrElse(
                            points::add,
                            () -> fields.problem(
                                    "/applies_to/" + at,
                                    "must be one of " + PolicyPoint.names() + ", got \"" + names.get(at) + "\""));
        }
        if (points.isEmpty() && fields.isFine()) {
            fields.problem("/applies_to", "must name at least one of " + PolicyPoint.names());
        }
        return points;
    }

    private static PolicyMode mode(JsonFields fields) {
        String name = fields.text("mode", 20, PolicyMode.ENFORCE.wireName());
        return PolicyMode.of(name).orElseGet(() -> {
            fields.problem("/mode", "must be enforce or warn, got \"" + name + "\"");
            return PolicyMode.ENFORCE;
        });
    }

    /** The fields as a client would send them. */
    ObjectNode toJson() {
        ObjectNode json = Json.object().put("name", name).put("description", description);
        json.set("applies_to", Json.array(pointNames()));
        json.put("match", match)
                .put("expression", expression)
                .put("message", message)
                .put("message_expression", messageExpression)
                .put("mode", mode.wireName())
                .put("enabled", enabled);
        json.set("env", Json.array(environments));
        return json.put("managed_by", managedBy).put("task_id", taskId);
    }

    List<String> pointNames() {
        return appliesTo.stream().sorted().map(PolicyPoint::wireName).toList();
    }

    /** Characters of all its expressions: a measure of what it takes to remember it. */
    int length() {
        return match.length() + expression.length() + messageExpression.length();
    }
}
