package ai.kubiya.server.project;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The wire shape of a project on the documented surface. */
public final class ProjectJson {
    private ProjectJson() {}

    public static ObjectNode of(Project project) {
        ObjectNode json = Json.object()
                .put("id", project.id().toString())
                .put("uuid", project.id().toString());
        json.setAll(project.definition().toJson());
        json.set("variables", variables(project));
        json.put("readme", project.code().path("readme").asText(""));
        for (String part : new String[] {"providers", "resources", "outputs"}) {
            json.set(part, project.code().path(part) instanceof ArrayNode array ? array : Json.array());
        }
        json.set("code_errors", project.code().path("errors") instanceof ArrayNode array ? array : Json.array());
        return json.put("commit", project.commit())
                .put("status", project.status().wireName())
                .put("created_by", project.createdBy())
                .put("updated_by", project.updatedBy())
                .put("created_at", Json.time(project.createdAt()))
                .put("updated_at", Json.time(project.updatedAt()));
    }

    /** What is set. */
    static ArrayNode variables(Project project) {
        return project.definition().variablesJson();
    }
}
