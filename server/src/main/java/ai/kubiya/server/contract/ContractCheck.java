package ai.kubiya.server.contract;

import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.RequestCheck;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds requests against the description of their operation. */
public final class ContractCheck implements RequestCheck {
    private final Supplier<Map<String, Map<String, OperationCheck>>> operations;

    public ContractCheck(ApiDescription description) {
        this.operations = new Once<>(() -> read(description));
    }

    /** By pattern, then by method. */
    private static Map<String, Map<String, OperationCheck>> read(ApiDescription description) {
        Map<String, Map<String, OperationCheck>> checks = new HashMap<>();
        description.visit(
                (method, pattern, operation, pathItem) -> checks.computeIfAbsent(pattern, _ -> new HashMap<>())
                        .put(method, OperationCheck.of(description, method, operation, pathItem)));
        return checks;
    }

    private @Nullable OperationCheck find(String method, String pattern) {
        return operations.get().getOrDefault(pattern, Map.of()).get(method);
    }

    @Override
    public boolean describesBody(String method, String pattern) {
        OperationCheck check = find(method, pattern);
        return check != null && check.body() != null;
    }

    @Override
    public List<FieldProblem> problems(
            String method, String pattern, Map<String, List<String>> query, @Nullable JsonNode body) {
        OperationCheck check = find(method, pattern);
        if (check == null) {
            return List.of();
        }
        List<FieldProblem> problems = new ArrayList<>();
        check.query().forEach(parameter -> problems.addAll(parameter.problems(query)));
        if (check.body() != null && body != null) {
            problems.addAll(check.body().problems(NullMembers.without(body)));
        }
        return problems;
    }
}
