package ai.kubiya.server.project;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.code.DeclaredVariable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wire shape of a project on the documented surface. */
public final class ProjectJson {
    private static final List<String> PARTS = List.of("providers", "resources", "outputs");

    private ProjectJson() {}

    /** @param lastExecution what was done last with it, or null */
    public static ObjectNode of(Project project, @Nullable ObjectNode lastExecution) {
        ObjectNode json = Json.object()
                .put("id", project.id().toString())
                .put("uuid", project.id().toString());
        json.setAll(project.definition().toJson());
        ArrayNode variables = json.putArray("variables");
        variables(project).forEach(variables::add);
        json.put("readme", project.code().readme());
        for (String part : PARTS) {
            json.set(part, project.code().list(part));
        }
        json.set("code_errors", project.code().list("errors"));
        json.set("last_execution", lastExecution);
        return json.put("commit", project.commit())
                .put("status", project.status().wireName())
                .put("created_by", project.createdBy())
                .put("updated_by", project.updatedBy())
                .put("created_at", Json.time(project.createdAt()))
                .put("updated_at", Json.time(project.updatedAt()));
    }

    /** What the code declares, with what is set, and what is set without being declared. */
    public static List<ObjectNode> variables(Project project) {
        Map<String, VariableValue> set = new LinkedHashMap<>();
        project.definition().variables().forEach(value -> set.put(value.name(), value));
        List<ObjectNode> all = new ArrayList<>();
        for (DeclaredVariable declared : project.code().variables()) {
            all.add(variable(declared, set.remove(declared.name())));
        }
        set.values().forEach(value -> all.add(undeclared(value)));
        return all;
    }

    private static ObjectNode variable(DeclaredVariable declared, @Nullable VariableValue value) {
        ObjectNode json = declared.toJson();
        boolean sensitive = declared.sensitive() || (value != null && value.sensitive());
        if (sensitive && json.hasNonNull("default")) {
            json.put("default", VariableValue.MASK);
        }
        return set(json, value, sensitive);
    }

    private static ObjectNode undeclared(VariableValue value) {
        ObjectNode json =
                Json.object().put("name", value.name()).put("type", "").put("description", "");
        json.put("required", false).put("nullable", true).putNull("default").putArray("options");
        json.putArray("validations");
        return set(json, value, value.sensitive());
    }

    private static ObjectNode set(ObjectNode json, @Nullable VariableValue value, boolean sensitive) {
        JsonNode shown = value == null ? null : value.value();
        if (shown != null && sensitive) {
            json.put("value", VariableValue.MASK);
        } else {
            json.set("value", shown);
        }
        return json.put("secret", value == null ? null : value.secret()).put("sensitive", sensitive);
    }
}
