package ai.kubiya.server.policy;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.policy.expression.Variable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What policies are asked about, as the variables of their expressions. */
final class PolicyInput {
    /** The names of the roles are those that users are answered with; the group belongs to every organisation. */
    private static final String ADMIN = "Admin";

    private static final String USER = "User";

    private static final Map<Variable, Object> EMPTY = empty();

    private PolicyInput() {}

    private static Map<Variable, Object> empty() {
        Map<Variable, Object> empty = new EnumMap<>(Variable.class);
        for (Variable variable : Variable.values()) {
            empty.put(variable, variable.value(MissingNode.getInstance(), "", (pointer, message) -> {}));
        }
        return empty;
    }

    /** Everything that is known about a request besides what it wants. */
    static ObjectNode of(Caller caller, PolicyPoint point, Instant now) {
        List<String> groups = caller.groups().stream().sorted().toList();
        ObjectNode input = Json.object();
        ObjectNode user =
                input.putObject("user").put("id", caller.userId().toString()).put("email", caller.email());
        user.set("groups", Json.array(groups));
        user.set("roles", Json.array(List.of(groups.contains(ADMIN) ? ADMIN : USER)));
        input.putObject("organization")
                .put("id", caller.organizationId().toString())
                .put("name", caller.organizationName());
        input.putObject("key")
                .put("id", caller.keyId().toString())
                .put("name", caller.keyName())
                .set(
                        "scopes",
                        Json.array(caller.scopes().stream()
                                .map(Scope::wireName)
                                .sorted()
                                .toList()));
        input.putObject("request")
                .put("id", caller.requestId())
                .put("address", caller.origin().address());
        return input.put("point", point.wireName()).put("now", Json.time(now));
    }

    /**
     * The variables; those that the input does not name are empty.
     *
     * @param problems is told of everything that does not fit, by its JSON pointer
     */
    static Map<String, Object> variables(JsonNode input, BiConsumer<String, String> problems) {
        Map<String, Object> variables = new HashMap<>();
        EMPTY.forEach((variable, nothing) -> {
            JsonNode sent = input.path(variable.inExpressions());
            variables.put(
                    variable.inExpressions(),
                    sent.isMissingNode() ? nothing : variable.value(sent, "/" + variable.inExpressions(), problems));
        });
        return variables;
    }
}
