package ai.kubiya.server.integration;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a client may say about an integration (contract, section 13).
 *
 * @param type what it connects to: {@code aws}, {@code jira}, {@code github}, …; free
 * @param authType for whom: {@code global}, {@code per_user} or nothing; free
 */
record IntegrationDefinition(
        String name,
        String type,
        String authType,
        String description,
        List<IntegrationConfig> configs,
        String managedBy,
        String taskId) {

    private static final List<String> READ_ONLY =
            List.of("id", "uuid", "created_by", "updated_by", "created_at", "updated_at");
    // It is a segment of a path.
    private static final Pattern NAME = Pattern.compile("[^/\\p{Cntrl}]+");

    /**
     * Reads the fields and notes what is wrong with them.
     *
     * @param strict of the documented surface; older clients leave the type out
     */
    static IntegrationDefinition of(JsonFields fields, boolean strict) {
        fields.ignore(READ_ONLY);
        String name = fields.requiredText("name", 200);
        if (!name.isBlank() && !NAME.matcher(name).matches()) {
            fields.problem("/name", "must not contain / or control characters");
        }
        return new IntegrationDefinition(
                name,
                strict ? fields.requiredText("integration_type", 100) : fields.text("integration_type", 100, ""),
                fields.text("auth_type", 100, ""),
                fields.text("description", 10_000, ""),
                IntegrationConfig.listOf(fields, strict),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    IntegrationDefinition withConfigs(List<IntegrationConfig> others) {
        return new IntegrationDefinition(name, type, authType, description, others, managedBy, taskId);
    }

    /**
     * The fields as a client would send them.
     *
     * @param answer with the names of all credentials, not only of those that were named
     */
    ObjectNode toJson(boolean answer) {
        ObjectNode json = summary();
        json.set("configs", IntegrationConfig.toJson(configs, answer));
        return json;
    }

    /** The same without the configurations. */
    ObjectNode summary() {
        return Json.object()
                .put("name", name)
                .put("integration_type", type)
                .put("auth_type", authType)
                .put("description", description)
                .put("managed_by", managedBy)
                .put("task_id", taskId);
    }
}
