package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads steps as clients write them. */
final class StepParser {
    static final int LONGEST_SCRIPT = 200_000;
    private static final long LONGEST_TIMEOUT = 7 * 86_400;
    private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/-]{0,99}";
    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,99}";
    /** They change nothing about what is done, or say how other programs show it. */
    private static final List<String> WITHOUT_EFFECT =
            List.of("signalOnStop", "mailOnError", "stdout", "stderr", "label", "labels", "metadata");

    private StepParser() {}

    /** Reads a step and notes what is wrong with it; empty when nothing can be made of it. */
    static Optional<Step> read(JsonFields fields, boolean strict) {
        fields.ignore(WITHOUT_EFFECT);
        String name = fields.requiredText("name", 100);
        if (!name.isBlank() && !name.matches(NAME)) {
            fields.problem("/name", "must begin with a letter or digit and go on with those, blanks, and . _ : / -");
        }
        if (fields.has("repeatPolicy")) {
            fields.problem("/repeatPolicy", "is not available; use retryPolicy, a schedule or a loop in the command");
        }
        String output = fields.text("output", 100, "");
        if (!output.isEmpty() && !output.matches(VARIABLE)) {
            fields.problem("/output", "must be the name of a variable: letters, digits and _");
        }
        ObjectNode executor = executor(fields);
        String typeName = executor.path("type").asText("");
        Optional<StepType> type = StepType.of(typeName);
        if (type.isEmpty()) {
            fields.problem(
                    "/executor/type",
                    "\"" + typeName
                            + "\" is not available; the types are command, docker, tool, agent, kubiya, http, jq"
                            + " and workflow");
            return Optional.empty();
        }
        JsonNode approval = fields.node(ApprovalRule.FIELD).orElse(BooleanNode.FALSE);
        ApprovalRule.of(approval, "/" + ApprovalRule.FIELD, fields::problem);
        ObjectNode config = executor.path("config") instanceof ObjectNode given ? given : Json.object();
        Step step = new Step(
                name,
                fields.text("id", 100, ""),
                fields.text("description", 10_000, ""),
                type.get(),
                config,
                command(fields, typeName),
                fields.text("script", LONGEST_SCRIPT, ""),
                fields.text("shell", 100, ""),
                fields.text("dir", 500, ""),
                fields.has("depends") && fields.node("depends").get().isTextual()
                        ? List.of(fields.text("depends", 100, ""))
                        : fields.texts("depends"),
                output,
                environment(fields, "env"),
                StepRetry.of(fields, "retryPolicy"),
                ContinueOn.of(fields, "continueOn"),
                preconditions(fields),
                Parallel.of(fields, "parallel").orElse(null),
                timeout(fields),
                approval,
                config.path("runner").asText(fields.text("runner", 200, "")));
        StepNeeds.check(step, fields);
        fields.problems(strict);
        return Optional.of(step);
    }

    private static ObjectNode executor(JsonFields fields) {
        Optional<JsonNode> sent = fields.node("executor");
        if (sent.isPresent() && sent.get().isTextual()) {
            return Json.object().put("type", sent.get().asText());
        }
        return fields.object("executor");
    }

    /** {@code run} is another name of the command; a list is one word each. */
    private static String command(JsonFields fields, String type) {
        Optional<JsonNode> sent = fields.node("command").or(() -> fields.node("run"));
        if (sent.isEmpty()) {
            return type.equals("python") ? "python" : "";
        }
        if (sent.get().isArray()) {
            List<String> words = new ArrayList<>();
            sent.get().forEach(word -> words.add(quoted(word.asText())));
            return String.join(" ", words);
        }
        if (!sent.get().isTextual()) {
            fields.problem("/command", "must be a string or an array of them, got " + JsonFields.kind(sent.get()));
            return "";
        }
        String text = sent.get().asText();
        if (text.length() > LONGEST_SCRIPT) {
            fields.problem("/command", "must have at most " + LONGEST_SCRIPT + " characters, got " + text.length());
        }
        return text;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static @Nullable Long timeout(JsonFields fields) {
        return fields.integer("timeout", 1, LONGEST_TIMEOUT)
                .or(() -> fields.integer("timeoutSec", 1, LONGEST_TIMEOUT))
                .orElse(null);
    }

    private static List<Precondition> preconditions(JsonFields fields) {
        List<Precondition> conditions = new ArrayList<>();
        List<JsonNode> sent =
                fields.node("preconditions").filter(JsonNode::isArray).isPresent()
                        ? fields.elements("preconditions")
                        : fields.node("preconditions").stream().toList();
        for (int i = 0; i < sent.size(); i++) {
            Precondition.of(sent.get(i), "/preconditions/" + i, fields).ifPresent(conditions::add);
        }
        return conditions;
    }

    /** An object, or an array of objects and of texts like {@code NAME=value}. */
    static Map<String, String> environment(JsonFields fields, String name) {
        Optional<JsonNode> sent = fields.node(name);
        Map<String, String> environment = new HashMap<>();
        if (sent.isEmpty()) {
            return environment;
        }
        NamedValues.of(sent.get(), "/" + name, fields).forEach((key, value) -> {
            if (key.matches(VARIABLE)) {
                environment.put(key, value.isValueNode() ? value.asText() : Json.text(value));
            } else {
                fields.problem("/" + name + "/" + key, "must be the name of a variable: letters, digits and _");
            }
        });
        return environment;
    }
}
