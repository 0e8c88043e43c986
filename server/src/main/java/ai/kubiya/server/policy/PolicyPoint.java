package ai.kubiya.server.policy;

import ai.kubiya.server.policy.expression.Variable;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where policies are asked. The wire name is the lower-case name. */
public enum PolicyPoint {
    /** Before a tool is queued, whoever calls it. */
    TOOL_EXECUTION("tool execution", Variable.TOOL, Variable.AGENT, Variable.RUNNER, Variable.SESSION),
    /** Before an agent is told what a user says. */
    CHAT("message", Variable.AGENT, Variable.MESSAGE, Variable.SESSION),
    /** Before Terraform changes anything. */
    PROJECT_APPLY("apply", Variable.PROJECT, Variable.PLAN, Variable.RUNNER);

    private static final Set<Variable> EVERYWHERE = EnumSet.of(
            Variable.USER, Variable.ORGANIZATION, Variable.KEY, Variable.REQUEST, Variable.POINT, Variable.NOW);

    private final String noun;
    private final List<Variable> own;

    PolicyPoint(String noun, Variable... own) {
        this.noun = noun;
        this.own = List.of(own);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PolicyPoint> of(String wireName) {
        return Arrays.stream(values())
                .filter(point -> point.wireName().equals(wireName))
                .findFirst();
    }

    static String names() {
        return String.join(
                ", ", Arrays.stream(values()).map(PolicyPoint::wireName).toList());
    }

    /** The names of the variables that this point has for itself. */
    List<String> ownNames() {
        return own.stream().map(Variable::inExpressions).toList();
    }

    /** What is refused, in a sentence. */
    String noun() {
        return noun;
    }

    /** What is touched, as the audit trail names its type: the first of the point's own variables. */
    String subjectType() {
        return own.getFirst().inExpressions();
    }

    /** The name of what is touched. */
    String subject(JsonNode input) {
        return input.path(subjectType()).path("name").asText();
    }

    /** What may be asked about at one of these points; at the others it is empty. */
    static Set<Variable> variables(Set<PolicyPoint> points) {
        EnumSet<Variable> all = EnumSet.copyOf(EVERYWHERE);
        points.forEach(point -> all.addAll(point.own));
        return all;
    }
}
