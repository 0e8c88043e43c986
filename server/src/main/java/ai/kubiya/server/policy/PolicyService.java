package ai.kubiya.server.policy;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.Precondition;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.policy.expression.ExpressionCompiler;
import ai.kubiya.server.policy.expression.ExpressionProblem;
import ai.kubiya.server.policy.expression.RegoText;
import ai.kubiya.server.policy.expression.Variable;
import ai.kubiya.server.user.IdentityChanges;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Creates, reads, changes and removes policies. */
public final class PolicyService {
    /** All of them are asked before each thing that happens. */
    private static final int MOST = 100;
    /** Characters of all their expressions; compiling them all takes some hundred milliseconds. */
    private static final int LONGEST_TOGETHER = 100_000;

    private final Database database;
    private final PolicyStore store = new PolicyStore();
    private final ExpressionCompiler compiler;
    private final IdentityChanges changes;
    private final AuditLog audit;
    private final Clock clock;

    public PolicyService(
            Database database, ExpressionCompiler compiler, IdentityChanges changes, AuditLog audit, Clock clock) {
        this.database = database;
        this.compiler = compiler;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    Page<Policy> list(Caller caller, Page.Range range) {
        return database.read(transaction -> store.list(transaction, caller.organizationId(), range));
    }

    Policy get(Caller caller, String nameOrId) {
        return database.read(transaction -> get(transaction, caller, nameOrId));
    }

    private Policy get(Transaction transaction, Caller caller, String nameOrId) {
        return find(transaction, caller, nameOrId).orElseThrow(() -> ApiException.notFound("policy", nameOrId));
    }

    private Optional<Policy> find(Transaction transaction, Caller caller, String nameOrId) {
        return store.findByName(transaction, caller.organizationId(), nameOrId)
                .or(() -> Uuids.parse(nameOrId).flatMap(id -> store.find(transaction, caller.organizationId(), id)));
    }

    /** Reads a policy that is not to be saved, and notes what is wrong with its expressions. */
    List<PolicyProblem> validate(Caller caller, ObjectNode body, boolean strict) {
        ObjectNode complete = body.deepCopy();
        if (!complete.hasNonNull("name")) {
            complete.put("name", "unsaved");
        }
        JsonFields fields = new JsonFields(complete);
        PolicyDefinition definition = PolicyDefinition.of(fields, strict);
        fields.check(strict);
        return problems(caller, definition);
    }

    /**
     * Creates a policy; it is in force when this returns.
     *
     * @throws ApiException 400 with every mistake and its place, 409 when the name is taken or there are too many
     */
    Policy create(Caller caller, ObjectNode body, boolean strict) {
        Policy policy = unsaved(caller, checked(caller, body, strict));
        change(caller, transaction -> {
            if (store.count(transaction, caller.organizationId()) >= MOST) {
                throw ApiException.conflict("There are " + MOST + " policies already, and each is asked every time."
                        + " Delete one, or say what several say in one expression.");
            }
            if (!store.insert(transaction, policy)) {
                throw taken(policy.name());
            }
            requireShort(transaction, caller);
            audit.add(transaction, caller, entry(policy, "create"));
            return policy;
        });
        return get(caller, policy.id().toString());
    }

    private Policy unsaved(Caller caller, PolicyDefinition definition) {
        Instant now = clock.instant();
        return new Policy(
                Uuids.next(clock), caller.organizationId(), definition, caller.email(), caller.email(), now, now, 0);
    }

    private void requireShort(Transaction transaction, Caller caller) {
        long length = store.length(transaction, caller.organizationId());
        if (length > LONGEST_TOGETHER) {
            throw ApiException.conflict("The expressions of your policies would have " + length
                    + " characters together; they may have " + LONGEST_TOGETHER + ".");
        }
    }

    private static ApiException taken(String name) {
        return ApiException.conflict("There is a policy \"" + name + "\" already; change it, or choose another name.");
    }

    private PolicyDefinition checked(Caller caller, ObjectNode body, boolean strict) {
        JsonFields fields = new JsonFields(body);
        PolicyDefinition definition = PolicyDefinition.of(fields, strict);
        if (!definition.appliesTo().isEmpty()) {
            problems(caller, definition)
                    .forEach(problem ->
                            fields.problem(problem.field(), problem.problem().sentence()));
        }
        fields.check(strict);
        return definition;
    }

    /** What is wrong with the expressions of a policy that is not saved. */
    private List<PolicyProblem> problems(Caller caller, PolicyDefinition definition) {
        List<PolicyProblem> problems =
                CompiledPolicy.of(unsaved(caller, definition), compiler).problems();
        boolean rego = problems.stream().anyMatch(problem -> problem.field().equals(PolicyDefinition.EXPRESSION))
                && RegoText.looksLikeIt(definition.expression());
        return rego
                ? List.of(new PolicyProblem(PolicyDefinition.EXPRESSION, new ExpressionProblem(1, 1, RegoText.REFUSAL)))
                : problems;
    }

    /**
     * Changes a policy; the change is in force when this returns.
     *
     * @param known what the client knew of it
     * @param change makes the new fields of the stored ones
     */
    Policy update(
            Caller caller, String nameOrId, Precondition known, UnaryOperator<ObjectNode> change, boolean strict) {
        return change(caller, transaction -> {
            Policy before = get(transaction, caller, nameOrId);
            known.check(before.id(), before.version());
            PolicyDefinition definition =
                    checked(caller, change.apply(before.definition().toJson()), strict);
            boolean renamed = !definition.name().equals(before.name());
            if (renamed
                    && store.findByName(transaction, caller.organizationId(), definition.name())
                            .isPresent()) {
                throw taken(definition.name());
            }
            store.update(transaction, before, definition, caller.email(), clock.instant());
            requireShort(transaction, caller);
            audit.add(transaction, caller, entry(before, "update"));
            return get(transaction, caller, before.id().toString());
        });
    }

    private <T> T change(Caller caller, Function<Transaction, T> work) {
        return changes.change(caller.organizationId(), transaction -> {
            store.lock(transaction, caller.organizationId());
            return work.apply(transaction);
        });
    }

    void delete(Caller caller, String nameOrId, Precondition known) {
        change(caller, transaction -> {
            Policy policy = get(transaction, caller, nameOrId);
            known.check(policy.id(), policy.version());
            store.delete(transaction, policy);
            audit.add(transaction, caller, entry(policy, "delete"));
            return policy;
        });
    }

    private static AuditEntry entry(Policy policy, String action) {
        return AuditEntry.of("policies", "policy", policy.name(), action).with("id", policy.id());
    }

    /**
     * Asks policies without consequences.
     *
     * @throws ApiException 400 with everything that is wrong with the question
     */
    DryRun evaluate(Caller caller, DryRun.Question question, boolean strict) {
        List<FieldProblem> problems = new ArrayList<>();
        List<CompiledPolicy> asked = new ArrayList<>();
        question.unsaved()
                .flatMap(body -> unsaved(caller, question.point(), body, strict, problems))
                .ifPresent(asked::add);
        for (int i = 0; i < question.names().size(); i++) {
            saved(caller, question, i, problems).ifPresent(asked::add);
        }
        if (question.unsaved().isEmpty() && question.names().isEmpty()) {
            database.read(transaction -> store.enabled(transaction, caller.organizationId())).stream()
                    .filter(policy -> policy.definition().appliesTo().contains(question.point()))
                    .map(policy -> CompiledPolicy.of(policy, compiler))
                    .forEach(asked::add);
        }
        Map<String, Object> variables = PolicyInput.variables(
                sent(caller, question, problems),
                (pointer, message) -> problems.add(new FieldProblem("/input" + pointer, message)));
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
        return new DryRun(question.point(), Policies.judge(asked, variables));
    }

    private Optional<CompiledPolicy> unsaved(
            Caller caller, PolicyPoint point, ObjectNode body, boolean strict, List<FieldProblem> problems) {
        ObjectNode complete = body.deepCopy();
        if (!complete.hasNonNull("name")) {
            complete.put("name", "unsaved");
        }
        if (!complete.hasNonNull("applies_to")) {
            complete.putArray("applies_to").add(point.wireName());
        }
        try {
            PolicyDefinition definition = checked(caller, complete, strict);
            if (definition.appliesTo().contains(point)) {
                return Optional.of(CompiledPolicy.of(unsaved(caller, definition), compiler));
            }
            problems.add(new FieldProblem("/policy/applies_to", "must have " + point.wireName() + ", the point"));
        } catch (ApiException e) {
            e.problems()
                    .forEach(problem -> problems.add(new FieldProblem("/policy" + problem.field(), problem.message())));
        }
        return Optional.empty();
    }

    private Optional<CompiledPolicy> saved(
            Caller caller, DryRun.Question question, int index, List<FieldProblem> problems) {
        String name = question.names().get(index);
        Optional<Policy> found = database.read(transaction -> find(transaction, caller, name));
        if (found.isEmpty()) {
            problems.add(new FieldProblem("/policies/" + index, "there is no policy \"" + name + "\""));
        } else if (!found.get().definition().appliesTo().contains(question.point())) {
            problems.add(new FieldProblem(
                    "/policies/" + index,
                    "the policy \"" + found.get().name() + "\" does not apply to "
                            + question.point().wireName()));
        } else {
            return found.map(policy -> CompiledPolicy.of(policy, compiler));
        }
        return Optional.empty();
    }

    private ObjectNode sent(Caller caller, DryRun.Question question, List<FieldProblem> problems) {
        Set<String> names = PolicyPoint.variables(Set.of(question.point())).stream()
                .filter(variable -> variable != Variable.POINT)
                .map(Variable::inExpressions)
                .collect(Collectors.toCollection(TreeSet::new));
        question.input().fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add(new FieldProblem(
                        "/input/" + name,
                        "is not a variable of " + question.point().wireName() + "; the variables are "
                                + String.join(", ", names)));
            }
        });
        ObjectNode input = PolicyInput.of(caller, question.point(), clock.instant());
        question.input().properties().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .forEach(entry -> input.set(entry.getKey(), entry.getValue()));
        return input;
    }
}
