package ai.kubiya.server.policy;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.policy.expression.EvaluationFailure;
import ai.kubiya.server.policy.expression.EvaluationFailure.Reason;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one policy says.
 *
 * @param message why not; may be empty
 * @param reason of an evaluation that failed
 * @param problem where and how it failed, for those who write policies: it may repeat parts of the input
 * @param steps what it took
 */
record PolicyVerdict(
        Policy policy,
        Outcome outcome,
        String message,
        @Nullable Reason reason,
        @Nullable PolicyProblem problem,
        long steps) {

    /** The wire name is the lower-case name. */
    enum Outcome {
        /** Its match is false. */
        NOT_CONCERNED,
        PASSED,
        FAILED,
        /** There is no knowing. */
        ERROR;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static PolicyVerdict of(Policy policy, Outcome outcome, String message, long steps) {
        return new PolicyVerdict(policy, outcome, message, null, null, steps);
    }

    static PolicyVerdict failure(Policy policy, String field, EvaluationFailure failure, long steps) {
        return new PolicyVerdict(
                policy, Outcome.ERROR, "", failure.reason(), new PolicyProblem(field, failure.problem()), steps);
    }

    static PolicyVerdict broken(Policy policy, List<PolicyProblem> problems) {
        return new PolicyVerdict(
                policy, Outcome.ERROR, "", Reason.OTHER, problems.isEmpty() ? null : problems.getFirst(), 0);
    }

    boolean isAgainst() {
        return outcome == Outcome.FAILED || outcome == Outcome.ERROR;
    }

    boolean refuses() {
        return isAgainst() && policy.definition().mode() == PolicyMode.ENFORCE;
    }

    /** Why something is refused, for whoever asked for it; says nothing of the input but what the policy's message says. */
    String refusal(PolicyPoint point) {
        String start = "The policy \"" + policy.name() + "\"";
        if (reason != null) {
            String place = problem == null
                    ? ""
                    : " (" + problem.field().substring(1) + ", line "
                            + problem.problem().line() + ", column "
                            + problem.problem().column() + ")";
            return start + " cannot be evaluated for this " + point.noun() + ", so it is refused: " + reason.words()
                    + place + ". Ask whoever manages your organisation's policies.";
        }
        return message.isBlank()
                ? start + " refuses this " + point.noun() + ". Ask whoever manages your organisation's policies."
                : start + " refuses this " + point.noun() + ": " + message;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("policy_id", policy.version() == 0 ? null : policy.id().toString())
                .put("policy", policy.name())
                .put("mode", policy.definition().mode().wireName())
                .put("outcome", outcome.wireName())
                .put("message", message);
        json.set("error", problem == null ? null : problem.toJson());
        return json.put("steps", steps);
    }
}
