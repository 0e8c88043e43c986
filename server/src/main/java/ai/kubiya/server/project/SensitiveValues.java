package ai.kubiya.server.project;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The values of a project's sensitive variables, by name. */
final class SensitiveValues {
    private final ObjectNode values;

    private SensitiveValues(ObjectNode values) {
        this.values = values;
    }

    static SensitiveValues none() {
        return new SensitiveValues(Json.object());
    }

    static SensitiveValues parse(String json) {
        return new SensitiveValues(Json.parseObject(json));
    }

    ObjectNode values() {
        return values.deepCopy();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    String json() {
        return Json.text(values);
    }

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What is left of the variables when their sensitive values are taken out. */
    record Split(List<VariableValue> variables, SensitiveValues sensitive) {}

    /**
     * Takes the sensitive values out of what a client sent. The mask stands for the value that is stored here.
     *
     * @param declared names of the variables that the code itself calls sensitive
     * @param fields notes masks that stand for nothing
     */
    Split take(List<VariableValue> sent, Set<String> declared, JsonFields fields) {
        ObjectNode taken = Json.object();
        List<VariableValue> left = new ArrayList<>();
        for (VariableValue variable : sent) {
            boolean sensitive = variable.sensitive() || declared.contains(variable.name());
            JsonNode value = variable.value();
            if (value == null || (!sensitive && !variable.isMask())) {
                left.add(variable);
                continue;
            }
            Optional<JsonNode> kept = variable.isMask() ? find(variable.name()) : Optional.of(value);
            if (kept.isEmpty()) {
                fields.problem(
                        "/variables/" + sent.indexOf(variable) + "/value",
                        "is the mask that answers have in place of sensitive values, and there is no stored value that"
                                + " it could stand for: send the value");
            }
            kept.ifPresent(one -> taken.set(variable.name(), one));
            left.add(variable.masked());
        }
        return new Split(List.copyOf(left), new SensitiveValues(taken));
    }

    boolean isSameAs(SensitiveValues other) {
        return values.equals(other.values);
    }

    /** Never the values. */
    @Override
    public String toString() {
        return "SensitiveValues";
    }
}
