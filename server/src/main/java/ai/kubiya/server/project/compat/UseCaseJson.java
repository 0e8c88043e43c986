package ai.kubiya.server.project.compat;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectJson;
import ai.kubiya.server.project.SecretVariable;
import ai.kubiya.server.project.VariableValue;
import ai.kubiya.server.project.code.CodeLocation;
import ai.kubiya.server.project.code.DeclaredVariable;
import ai.kubiya.server.project.code.ModuleCode;
import ai.kubiya.server.project.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The shape that templates and projects have in common for older clients. */
final class UseCaseJson {
    private UseCaseJson() {}

    static ObjectNode of(Template template) {
        ObjectNode json =
                about(template.id(), template.name(), template.description(), template.code(), template.module());
        ArrayNode variables = json.putArray("variables");
        template.module().variables().forEach(declared -> variables.add(variable(masked(declared))));
        json.putArray("secrets");
        return json.put("status", "available");
    }

    private static ObjectNode masked(DeclaredVariable declared) {
        ObjectNode json = declared.toJson();
        return declared.sensitive() && json.hasNonNull("default") ? json.put("default", VariableValue.MASK) : json;
    }

    /** A project; {@code usecase_id} tells it from a template. */
    static ObjectNode of(Project project) {
        String template = project.definition().templateId();
        String origin = template.isEmpty() ? project.id().toString() : template;
        ObjectNode json = about(
                project.id().toString(),
                project.name(),
                project.definition().description(),
                project.definition().code(),
                project.code());
        json.set("icons", Json.array(project.definition().icons()));
        ArrayNode variables = json.putArray("variables");
        ProjectJson.variables(project).forEach(declared -> variables.add(variable(declared)));
        ArrayNode secrets = json.putArray("secrets");
        project.definition().secrets().forEach(secret -> secrets.add(secret(secret)));
        return json.put("usecase_id", origin)
                .put("template_id", origin)
                .put("runner", project.definition().runner())
                .put("runner_id", project.definition().runner())
                .put("commit", project.commit())
                .put("status", project.status().wireName())
                .put("created_at", Json.time(project.createdAt()))
                .put("updated_at", Json.time(project.updatedAt()));
    }

    private static ObjectNode about(String id, String name, String description, CodeLocation code, ModuleCode module) {
        ObjectNode json = Json.object()
                .put("id", id)
                .put("uuid", id)
                .put("name", name)
                .put("description", description)
                .put("version", "")
                .put("url", code.url())
                .put("repository", code.url())
                .put("repository_url", code.url())
                .put("branch", code.branch())
                .put("path", code.path())
                .put("readme", module.readme());
        json.putArray("icons");
        json.set("providers", module.list("providers"));
        ArrayNode resources = json.putArray("resources");
        for (JsonNode resource : module.list("resources")) {
            // One of the clients asks for a value of every variable that stands here.
            resources
                    .addObject()
                    .put("name", resource.path("name").asText())
                    .put("type", resource.path("type").asText())
                    .put("provider", resource.path("provider").asText())
                    .putArray("variables");
        }
        return json;
    }

    /** @param declared as the documented surface has it */
    private static ObjectNode variable(JsonNode declared) {
        ObjectNode json = Json.object()
                .put("name", declared.path("name").asText())
                .put("type", kind(declared.path("type").asText()))
                .put("description", declared.path("description").asText());
        json.set("default", declared.get("default"));
        json.set("value", declared.get("value"));
        return json.put("required", declared.path("required").asBoolean())
                .put("sensitive", declared.path("sensitive").asBoolean())
                .put("has_error", false)
                .put("error_detail", "")
                .put("error_summary", "");
    }

    /** The clients check texts against these words, and know no others. */
    private static String kind(String type) {
        String word = type.replaceFirst("(?s)[^a-z].*$", "");
        return switch (word) {
            case "number", "bool", "list", "map" -> word;
            case "set", "tuple" -> "list";
            case "object" -> "map";
            default -> "string";
        };
    }

    private static ObjectNode secret(SecretVariable secret) {
        return Json.object()
                .put("name", secret.name())
                .put("description", "")
                .put("to_env", secret.environment())
                .put("toEnv", secret.environment())
                .put("value", "");
    }

    static List<ObjectNode> templates(List<Template> templates) {
        return templates.stream().map(UseCaseJson::of).toList();
    }
}
