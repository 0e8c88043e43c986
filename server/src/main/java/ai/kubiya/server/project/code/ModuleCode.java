package ai.kubiya.server.project.code;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What was read of a module, in the form in which it is stored. */
public record ModuleCode(ObjectNode json) {

    /** Nothing was read. */
    public static ModuleCode none() {
        return new ModuleCode(Json.object());
    }

    /** Whether anything was read at all. */
    public boolean isRead() {
        return json.has("variables");
    }

    public List<DeclaredVariable> variables() {
        return json.path("variables").valueStream().map(DeclaredVariable::of).toList();
    }

    public Optional<DeclaredVariable> variable(String name) {
        return variables().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** A list such as {@code providers}; empty when nothing was read. */
    public ArrayNode list(String name) {
        return json.path(name) instanceof ArrayNode array ? array : Json.array();
    }

    public String readme() {
        return json.path("readme").asText("");
    }
}
