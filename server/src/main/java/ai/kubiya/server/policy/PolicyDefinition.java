package ai.kubiya.server.policy;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.policy.language.Expressions;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client may say about a policy.
 *
 * @param expression in CEL; true = allowed
 * @param appliesTo the actions that it is asked about
 * @param warn whether it only notes what it would deny
 * @param message what those who are refused are told
 * @param env labels; they decide nothing
 */
record PolicyDefinition(
        String name,
        String description,
        String expression,
        List<PolicyAction> appliesTo,
        boolean enabled,
        boolean warn,
        String message,
        List<String> env,
        String managedBy,
        String taskId) {
    private static final List<String> READ_ONLY =
            List.of("id", "uuid", "created_by", "updated_by", "created_at", "updated_at");
    /** Words that follow the list's path with a meaning of their own. */
    private static final Set<String> TAKEN = Set.of("validate", "evaluate");

    static PolicyDefinition of(JsonFields fields, Expressions expressions) {
        fields.ignore(READ_ONLY);
        String name = fields.requiredText("name", 200);
        if (TAKEN.contains(name) || name.contains("/")) {
            fields.problem("/name", "must not be \"validate\" or \"evaluate\" and must not contain \"/\"");
        }
        String mode = fields.text("mode", 20, "enforce");
        if (!mode.equals("enforce") && !mode.equals("warn")) {
            fields.problem("/mode", "must be enforce or warn, got \"" + mode + "\"");
        }
        String expression = fields.requiredText("policy", Expressions.LONGEST);
        if (!expression.isBlank() && expressions.compile(expression) instanceof Expressions.Compiled.Bad bad) {
            bad.problems().forEach(problem -> fields.problem("/policy", problem));
        }
        return new PolicyDefinition(
                name,
                fields.text("description", 10_000, ""),
                expression,
                actions(fields),
                fields.flag("enabled", true),
                mode.equals("warn"),
                fields.text("message", 1000, ""),
                fields.texts("env"),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    private static List<PolicyAction> actions(JsonFields fields) {
        List<String> names = fields.texts("applies_to");
        if (names.isEmpty()) {
            return List.of(PolicyAction.values());
        }
        for (int i = 0; i < names.size(); i++) {
            if (PolicyAction.ofWireName(names.get(i)).isEmpty()) {
                fields.problem("/applies_to/" + i, "must be one of " + String.join(", ", PolicyAction.wireNames()));
            }
        }
        return names.stream()
                .map(PolicyAction::ofWireName)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** As a client would send it. */
    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("description", description)
                .put("policy", expression);
        json.set("applies_to", Json.array(actionNames()));
        json.put("enabled", enabled).put("mode", mode()).put("message", message);
        json.set("env", Json.array(env));
        return json.put("managed_by", managedBy).put("task_id", taskId);
    }

    List<String> actionNames() {
        return appliesTo.stream().map(PolicyAction::wireName).toList();
    }

    String mode() {
        return warn ? "warn" : "enforce";
    }
}
