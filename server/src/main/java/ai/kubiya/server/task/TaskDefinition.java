package ai.kubiya.server.task;

import ai.kubiya.server.approval.ApprovalRule;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say about a task (contract, section 11). One of agent, tool and workflow is what it runs.
 *
 * @param agent id or name; empty = none
 * @param tool id or name; empty = none
 * @param toolDefinition a tool that is not saved, or null
 * @param workflow id or name of a saved workflow, or a definition; null = none
 * @param prompt what the agent is told
 * @param runner empty = any
 * @param parameters arguments of the tool, params of the workflow, facts for the agent
 * @param metadata the client's own
 * @param timeout seconds that an attempt may run; null = as what it runs says
 * @param requiresApproval whether people have to agree before the first attempt; as sent
 */
public record TaskDefinition(
        String name,
        String description,
        String agent,
        String tool,
        @Nullable ObjectNode toolDefinition,
        @Nullable JsonNode workflow,
        String prompt,
        String runner,
        ObjectNode parameters,
        ObjectNode metadata,
        @Nullable Long timeout,
        RetryRule retry,
        JsonNode requiresApproval,
        String managedBy,
        String taskId) {

    /** Fields that only the server sets; clients send them back after reading them. */
    static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "status",
            "progress",
            "kind",
            "attempt",
            "execution_id",
            "session_id",
            "schedule_id",
            "scheduled_for",
            "created_by",
            "created_at",
            "updated_at",
            "started_at",
            "completed_at",
            "cancelled_at",
            "cancelled_by",
            "result");

    private static final int LONG_TEXT = 200_000;
    private static final int LONGEST_NAME = 200;
    private static final long LONGEST_TIMEOUT = 7 * 86_400;

    /**
     * Reads the fields and notes what is wrong with them.
     *
     * @param strict of the documented surface; others leave out the name
     */
    public static TaskDefinition of(JsonFields fields, boolean strict) {
        fields.ignore(READ_ONLY);
        String prompt = fields.text("prompt", LONG_TEXT, "");
        String description = fields.text("description", 10_000, "");
        String agent = either(fields, "agent_id", "agent");
        String tool = fields.text("tool", 200, "");
        ObjectNode toolDefinition = fields.has("tool_def") ? fields.object("tool_def") : null;
        JsonNode workflow = fields.node("workflow").orElse(null);
        requireOne(fields, agent, tool, toolDefinition, workflow);
        JsonNode approval = fields.node(ApprovalRule.FIELD).orElse(BooleanNode.FALSE);
        ApprovalRule.of(approval, "/" + ApprovalRule.FIELD, fields::problem);
        String name = strict || fields.has("name")
                ? fields.requiredText("name", LONGEST_NAME)
                : title(prompt + description + tool);
        return new TaskDefinition(
                name,
                description,
                agent,
                tool,
                toolDefinition,
                workflow,
                prompt,
                either(fields, "runner_id", "runner"),
                fields.object("parameters"),
                fields.object("metadata"),
                fields.integer("timeout", 1, LONGEST_TIMEOUT).orElse(null),
                RetryRule.of(fields, "retry"),
                approval,
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    private static String either(JsonFields fields, String name, String other) {
        String second = fields.text(other, 200, "");
        return fields.text(name, 200, second);
    }

    private static void requireOne(
            JsonFields fields,
            String agent,
            String tool,
            @Nullable ObjectNode toolDefinition,
            @Nullable JsonNode workflow) {
        List<String> given = new ArrayList<>();
        if (!agent.isEmpty()) {
            given.add("agent");
        }
        if (!tool.isEmpty() || toolDefinition != null) {
            given.add("tool");
        }
        if (workflow != null) {
            given.add("workflow");
            if (!workflow.isTextual() && !workflow.isObject()) {
                fields.problem("/workflow", "must be a name, an id or a definition, got " + JsonFields.kind(workflow));
            }
        }
        if (given.isEmpty()) {
            fields.problem("/agent_id", "is required, or a tool or a workflow: something has to be run");
        } else if (given.size() > 1) {
            fields.problem("/" + given.getLast(), "cannot be sent together with " + given.getFirst());
        }
    }

    private static String title(String text) {
        String line = text.strip().lines().findFirst().orElse("task").strip();
        return line.isEmpty() ? "task" : line.substring(0, Math.min(line.length(), 80));
    }

    /** {@code agent}, {@code tool} or {@code workflow}. */
    String kind() {
        return !agent.isEmpty() ? "agent" : workflow != null ? "workflow" : "tool";
    }

    List<ApprovalRule> approvals() {
        return ApprovalRule.stored(requiresApproval).stream().toList();
    }

    /** The fields as a client would send them; also the form in which they are stored. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("description", description)
                .put("agent", agent.isEmpty() ? null : agent)
                .put("tool", tool.isEmpty() ? null : tool);
        json.set("tool_def", toolDefinition);
        json.set("workflow", workflow);
        json.put("prompt", prompt).put("runner", runner);
        json.set("parameters", parameters);
        json.set("metadata", metadata);
        json.put("timeout", timeout);
        json.set("retry", retry.toJson());
        json.set(ApprovalRule.FIELD, requiresApproval);
        return json.put("managed_by", managedBy).put("task_id", taskId);
    }

    /** Reads what was checked before. */
    public static TaskDefinition stored(ObjectNode json) {
        return of(new JsonFields(json), false);
    }
}
