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
    TOOL_EXECUTION("tool execution"),
    /** Before an agent is told what a user says. */
    CHAT("message"),
    /** Before Terraform changes anything. */
    PROJECT_APPLY("apply");

    private static final Set<Variable> EVERYWHERE = EnumSet.of(
            Variable.USER, Variable.ORGANIZATION, Variable.KEY, Variable.REQUEST, Variable.POINT, Variable.NOW);

    private final String noun;

    PolicyPoint(String noun) {
        this.noun = noun;
    }

    /** The variables that this point has for itself; the first is what is touched. */
    private List<Variable> own() {
        return switch (this) {
            case TOOL_EXECUTION -> List.of(Variable.TOOL, Variable.AGENT, Variable.RUNNER, Variable.SESSION);
            case CHAT -> List.of(Variable.AGENT, Variable.MESSAGE, Variable.SESSION);
            case PROJECT_APPLY -> List.of(Variable.PROJECT, Variable.PLAN, Variable.RUNNER);
        };
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
        return own().stream().map(Variable::inExpressions).toList();
    }

    /** What is refused, in a sentence. */
    String noun() {
        return noun;
    }

    /** What is touched, as the audit trail names its type. */
    String subjectType() {
        return own().getFirst().inExpressions();
    }

    /** The name of what is touched. */
    String subject(JsonNode input) {
        return input.path(subjectType()).path("name").asText();
    }

    /** What may be asked about at one of these points; at the others it is empty. */
    static Set<Variable> variables(Set<PolicyPoint> points) {
        EnumSet<Variable> all = EnumSet.copyOf(EVERYWHERE);
        points.forEach(point -> all.addAll(point.own()));
        return all;
    }
}
