package ai.kubiya.server.policy;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.RepeatedEntries;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.policy.expression.Budget;
import ai.kubiya.server.policy.expression.ExpressionCompiler;
import ai.kubiya.server.user.IdentityChanges;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks an organisation's policies before something happens. */
public final class Policies {
    private final PolicyMemory memory;
    private final RepeatedEntries audit;
    private final Clock clock;

    /**
     * The policies of all organisations.
     *
     * @param changes after which remembered policies are forgotten
     * @param hearing whether changes made by other servers would be heard now; while not, policies are read every time
     */
    public Policies(
            Database database,
            ExpressionCompiler compiler,
            IdentityChanges changes,
            BooleanSupplier hearing,
            RepeatedEntries audit,
            Clock clock) {
        this.memory = new PolicyMemory(database, compiler, hearing, clock);
        changes.add(memory);
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns when no policy is against it. What is refused, or would be if the policy were enforced, is in the audit trail
     * then.
     *
     * @param input the point's own variables (see {@link PolicyPoint}); asked for only when there is a policy that applies
     * @throws ApiException 403 that names the policy and has its message
     */
    public void check(Caller caller, PolicyPoint point, Supplier<ObjectNode> input) {
        List<CompiledPolicy> asked = memory.enabled(caller.organizationId()).stream()
                .filter(policy -> policy.policy().definition().appliesTo().contains(point))
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        ObjectNode all = PolicyInput.of(caller, point, clock.instant());
        all.setAll(input.get());
        Map<String, Object> variables = PolicyInput.variables(all, (pointer, message) -> {
            throw ApiException.of(
                    ErrorCode.ACCESS_DENIED,
                    "Your organisation's policies cannot be asked about this " + point.noun() + ", so it is refused: "
                            + pointer + " " + message + ".");
        });
        List<PolicyVerdict> verdicts = judge(asked, variables);
        verdicts.stream()
                .filter(PolicyVerdict::isAgainst)
                .forEach(verdict -> audit.add(caller, entry(verdict, point, all)));
        refusing(verdicts).ifPresent(verdict -> {
            throw ApiException.of(ErrorCode.ACCESS_DENIED, verdict.refusal(point));
        });
    }

    /** All of them, within one budget. */
    static List<PolicyVerdict> judge(List<CompiledPolicy> policies, Map<String, Object> variables) {
        Budget budget = new Budget();
        List<PolicyVerdict> verdicts = new ArrayList<>();
        policies.forEach(policy -> verdicts.add(policy.judge(variables, budget)));
        return verdicts;
    }

    static Optional<PolicyVerdict> refusing(List<PolicyVerdict> verdicts) {
        return verdicts.stream().filter(PolicyVerdict::refuses).findFirst();
    }

    /** Nothing of the input but the name of what is touched: arguments and messages may hold what the trail must not. */
    private static AuditEntry entry(PolicyVerdict verdict, PolicyPoint point, ObjectNode input) {
        AuditEntry entry = AuditEntry.of(
                        "policies", point.subjectType(), point.subject(input), verdict.refuses() ? "refuse" : "warn")
                .under(verdict.policy().name())
                .with("policy_id", verdict.policy().id())
                .with("point", point.wireName())
                .with("reason", word(verdict))
                .with("message", blankAsNull(verdict.policy().definition().message()))
                .with("agent_id", blankAsNull(input.path("agent").path("id").asText()))
                .with("session_id", blankAsNull(input.path("session").path("id").asText()));
        return verdict.refuses() ? entry.refused() : entry;
    }

    private static String word(PolicyVerdict verdict) {
        return verdict.reason() == null ? "failed" : verdict.reason().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String blankAsNull(String text) {
        return text.isBlank() ? null : text;
    }
}
