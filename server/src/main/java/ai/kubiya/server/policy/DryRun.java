package ai.kubiya.server.policy;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A decision that nothing follows from: what policies would say about an input.
 *
 * @param verdicts of those that were asked, in their order
 */
record DryRun(PolicyPoint point, List<PolicyVerdict> verdicts) {

    /**
     * What a client asks.
     *
     * @param input the point's variables; those that are known of the caller too take the place of what is known
     * @param names of saved policies, or their ids; enabled or not
     * @param unsaved a policy as it would be created; when there are neither, all that are enabled are asked
     */
    record Question(PolicyPoint point, ObjectNode input, List<String> names, Optional<ObjectNode> unsaved) {

        static Question of(JsonFields fields, boolean strict) {
            String name = fields.requiredText("point", 50);
            Optional<PolicyPoint> point = PolicyPoint.of(name);
            if (point.isEmpty() && !name.isBlank()) {
                fields.problem("/point", "must be one of " + PolicyPoint.names() + ", got \"" + name + "\"");
            }
            Question question = new Question(
                    point.orElse(PolicyPoint.TOOL_EXECUTION),
                    fields.object("input"),
                    fields.texts("policies"),
                    fields.has("policy") ? Optional.of(fields.object("policy")) : Optional.empty());
            fields.check(strict);
            return question;
        }
    }

    Optional<PolicyVerdict> refusing() {
        return Policies.refusing(verdicts);
    }

    /** The wire shape of the documented surface. */
    ObjectNode toJson() {
        Optional<PolicyVerdict> refusing = refusing();
        ObjectNode json = Json.object()
                .put("allowed", refusing.isEmpty())
                .put("policy", refusing.map(verdict -> verdict.policy().name()).orElse(null))
                .put("message", refusing.map(verdict -> verdict.refusal(point)).orElse(""));
        ArrayNode results = json.putArray("results");
        verdicts.forEach(verdict -> results.add(verdict.toJson()));
        return json.put(
                "steps", verdicts.stream().mapToLong(PolicyVerdict::steps).sum());
    }

    /** The shape that existing clients read. */
    ObjectNode compatible() {
        Optional<PolicyVerdict> refusing = refusing();
        ObjectNode json = Json.object();
        json.putObject("result")
                .put("allow", refusing.isEmpty())
                .put("message", refusing.map(verdict -> verdict.refusal(point)).orElse(""));
        return json.put("error", "");
    }
}
