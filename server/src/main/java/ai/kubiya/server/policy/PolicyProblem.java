package ai.kubiya.server.policy;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.policy.expression.ExpressionProblem;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A mistake in one of a policy's expressions.
 *
 * @param field JSON pointer of the expression
 */
record PolicyProblem(String field, ExpressionProblem problem) {

    ObjectNode toJson() {
        return Json.object()
                .put("field", field)
                .put("line", problem.line())
                .put("column", problem.column())
                .put("message", problem.message());
    }

    /** For clients that read texts. */
    String sentence() {
        return field.substring(1) + ", " + problem.sentence();
    }
}
