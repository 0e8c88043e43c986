package ai.kubiya.server.agent;

import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client may say about an agent (contract, section 4).
 *
 * @param instructions what the model is told, besides the platform's own words
 * @param model name of a language model; empty = the default
 * @param sources ids of sources, all of whose tools it may use
 * @param tools names of single tools
 * @param environment variables for the tools that name them
 * @param starters objects {@code {display_name, command}}, kept as sent
 * @param tasks objects or strings, kept as sent
 * @param requiresApproval which of its tools need an approval, see {@link #approvalsOf}; kept as sent
 */
public record AgentDefinition(
        String name,
        String description,
        String instructionType,
        String instructions,
        String model,
        String image,
        List<String> runners,
        List<String> sources,
        List<String> tools,
        List<String> integrations,
        List<String> secrets,
        Map<String, String> environment,
        List<String> allowedUsers,
        List<String> allowedGroups,
        List<String> owners,
        List<String> links,
        ArrayNode starters,
        ArrayNode tasks,
        List<String> tags,
        boolean debug,
        JsonNode requiresApproval,
        String managedBy,
        String taskId) {

    /** Fields that only the server sets; clients send them back after reading them. */
    static final List<String> READ_ONLY =
            List.of("id", "uuid", "metadata", "organization", "email", "created_at", "updated_at");

    private static final int LONG_TEXT = 200_000;

    static AgentDefinition of(JsonFields fields) {
        fields.ignore(READ_ONLY);
        return new AgentDefinition(
                fields.requiredText("name", 200),
                fields.text("description", 10_000, ""),
                fields.text("instruction_type", 50, "tools"),
                fields.text("ai_instructions", LONG_TEXT, ""),
                fields.text("llm_model", 200, ""),
                fields.text("image", 500, ""),
                fields.texts("runners"),
                fields.texts("sources"),
                fields.texts("tools"),
                fields.texts("integrations"),
                fields.texts("secrets"),
                fields.textMap("environment_variables"),
                fields.texts("allowed_users"),
                fields.texts("allowed_groups"),
                fields.texts("owners"),
                fields.texts("links"),
                starters(fields),
                tasks(fields),
                fields.texts("tags"),
                fields.flag("is_debug_mode", false),
                approval(fields),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    private static ArrayNode starters(JsonFields fields) {
        ArrayNode array = Json.array();
        List<JsonNode> elements = fields.elements("starters");
        for (int i = 0; i < elements.size(); i++) {
            String pointer = "/starters/" + i;
            if (elements.get(i) instanceof ObjectNode starter) {
                array.add(starter(fields, pointer, starter.deepCopy()));
            } else {
                fields.problem(pointer, "must be an object, got " + JsonFields.kind(elements.get(i)));
            }
        }
        return array;
    }

    private static ObjectNode starter(JsonFields fields, String pointer, ObjectNode starter) {
        for (String name : List.of("display_name", "command")) {
            if (!starter.hasNonNull(name)) {
                starter.remove(name);
            } else if (!starter.get(name).isTextual()) {
                fields.problem(pointer + "/" + name, "must be a string, got " + JsonFields.kind(starter.get(name)));
            }
        }
        return starter;
    }

    /** Objects and strings, kept as they were sent. */
    private static ArrayNode tasks(JsonFields fields) {
        ArrayNode array = Json.array();
        List<JsonNode> elements = fields.elements("tasks");
        for (int i = 0; i < elements.size(); i++) {
            JsonNode element = elements.get(i);
            if (!element.isObject() && !element.isTextual()) {
                fields.problem("/tasks/" + i, "must be an object, got " + JsonFields.kind(element));
            }
            array.add(element);
        }
        return array;
    }

    /** A rule as a tool has it, and in it {@code tools}: names of those that it is for; none named = all. */
    private static JsonNode approval(JsonFields fields) {
        JsonNode sent = fields.node(ApprovalRule.FIELD).orElse(BooleanNode.FALSE);
        String pointer = "/" + ApprovalRule.FIELD;
        if (sent instanceof ObjectNode object) {
            JsonFields named = new JsonFields(object);
            named.texts("tools");
            named.problems().forEach(problem -> fields.problem(pointer + problem.field(), problem.message()));
        }
        ApprovalRule.of(withoutTools(sent), pointer, fields::problem);
        return sent;
    }

    private static JsonNode withoutTools(JsonNode rule) {
        return rule instanceof ObjectNode object ? object.deepCopy().without("tools") : rule;
    }

    /** Who has to agree before the agent runs this tool. */
    public List<ApprovalRule> approvalsOf(String tool) {
        JsonNode tools = requiresApproval.path("tools");
        boolean named = tools.isEmpty()
                || tools.valueStream().anyMatch(name -> name.asText().equals(tool));
        return named
                ? ApprovalRule.stored(withoutTools(requiresApproval)).stream().toList()
                : List.of();
    }

    /** Everything it refers to by name or id. */
    Set<String> references() {
        Set<String> all = new HashSet<>(sources);
        all.addAll(tools);
        all.addAll(runners);
        all.addAll(secrets);
        all.addAll(allowedUsers);
        all.addAll(allowedGroups);
        all.add(model);
        return all;
    }

    /** The fields as a client would send them; also the form in which they are stored. */
    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("description", description)
                .put("instruction_type", instructionType)
                .put("ai_instructions", instructions)
                .put("llm_model", model)
                .put("image", image);
        json.set("runners", Json.array(runners));
        json.set("sources", Json.array(sources));
        json.set("tools", Json.array(tools));
        json.set("integrations", Json.array(integrations));
        json.set("secrets", Json.array(secrets));
        ObjectNode variables = json.putObject("environment_variables");
        environment.forEach(variables::put);
        json.set("allowed_users", Json.array(allowedUsers));
        json.set("allowed_groups", Json.array(allowedGroups));
        json.set("owners", Json.array(owners));
        json.set("links", Json.array(links));
        json.set("starters", starters);
        json.set("tasks", tasks);
        json.set("tags", Json.array(tags));
        json.set(ApprovalRule.FIELD, requiresApproval);
        return json.put("is_debug_mode", debug).put("managed_by", managedBy).put("task_id", taskId);
    }
}
