package ai.kubiya.server.project;

import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.project.code.DeclaredVariable;
import ai.kubiya.server.project.code.HclValues;
import ai.kubiya.server.project.code.ModuleCode;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds values against what the code declares. What Terraform alone can judge is left to it. */
final class VariableCheck {
    private VariableCheck() {}

    /**
     * Checks the values of variables and brings text that stands for a list or map into that form.
     *
     * @param kept names that were set before; that the code has them no longer does not stand in the way
     */
    static List<VariableValue> check(List<VariableValue> values, ModuleCode code, Set<String> kept, JsonFields fields) {
        if (!code.isRead()) {
            return values;
        }
        List<VariableValue> checked = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            VariableValue value = values.get(i);
            Optional<DeclaredVariable> declared = code.variable(value.name());
            String pointer = "/variables/" + i;
            if (declared.isEmpty()) {
                if (!kept.contains(value.name())) {
                    fields.problem(pointer + "/name", unknown(value.name(), code));
                }
                checked.add(value);
            } else {
                checked.add(check(value, declared.get(), pointer + "/value", fields));
            }
        }
        return List.copyOf(checked);
    }

    private static String unknown(String name, ModuleCode code) {
        String names = code.variables().stream().map(DeclaredVariable::name).collect(Collectors.joining(", "));
        return "the code declares no variable \"" + name + "\"; "
                + (names.isEmpty() ? "it declares none" : "its variables are " + names);
    }

    private static VariableValue check(
            VariableValue value, DeclaredVariable declared, String pointer, JsonFields fields) {
        @Nullable JsonNode sent = value.value();
        if (sent == null || value.isMask()) {
            return value;
        }
        JsonNode typed = typed(sent, declared.kind());
        if (!fits(typed, declared.kind())) {
            fields.problem(
                    pointer,
                    "must be a " + declared.kind() + ": the code declares \"" + declared.name() + "\" as "
                            + declared.type() + ", got " + JsonFields.kind(sent));
        } else if (!declared.options().isEmpty()
                && typed.isValueNode()
                && declared.options().stream()
                        .noneMatch(option -> option.asText().equals(typed.asText()))) {
            String options = declared.options().stream().map(JsonNode::asText).collect(Collectors.joining(", "));
            fields.problem(pointer, "must be one of " + options);
        }
        return new VariableValue(value.name(), typed, null, value.sensitive());
    }

    /** Existing clients send every value as a string; lists and maps in JSON. */
    private static JsonNode typed(JsonNode sent, String kind) {
        if (sent.isTextual() && (kind.equals("list") || kind.equals("map"))) {
            return HclValues.parse(sent.textValue())
                    .filter(value -> fits(value, kind))
                    .orElse(sent);
        }
        return sent;
    }

    private static boolean fits(JsonNode value, String kind) {
        return switch (kind) {
            case "string" -> value.isValueNode();
            case "number" -> value.isNumber() || (value.isTextual() && isNumber(value.textValue()));
            case "bool" ->
                value.isBoolean()
                        || value.asText().equals("true")
                        || value.asText().equals("false");
            case "list" -> value.isArray();
            case "map" -> value.isObject();
            default -> true;
        };
    }

    private static boolean isNumber(String text) {
        return text.matches("-?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    }
}
