package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.webhook.trigger.BadFilter;
import ai.kubiya.server.webhook.trigger.EventFilter;
import ai.kubiya.server.webhook.trigger.EventPrompt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that starts work when an event comes.
 *
 * @param source who sends, in words
 * @param filter which events it is for, see {@link EventFilter}
 * @param prompt see {@link EventPrompt}
 * @param agentId the agent's id once checked; empty = a workflow
 * @param workflow JSON as text; empty = an agent
 * @param signature how senders sign; null = they do not
 * @param perMinute events in a minute; null = the server's setting, 0 = any number
 */
public record Incoming(
        String name,
        String source,
        String filter,
        String prompt,
        String agentId,
        String workflow,
        String runner,
        Communication communication,
        boolean hideHeaders,
        @Nullable SenderKind signature,
        @Nullable Integer perMinute,
        String managedBy,
        String taskId)
        implements Definition {
    private static final int LONGEST_WORKFLOW = 1 << 20;

    static Incoming of(JsonFields fields, boolean strict) {
        return new Incoming(
                fields.requiredText("name", 200).strip(),
                fields.text("source", 500, ""),
                fields.text("filter", 20_000, ""),
                fields.text("prompt", EventPrompt.LONGEST_TEMPLATE, ""),
                fields.text("agent_id", 200, "").strip(),
                workflow(fields),
                fields.text("runner", 200, ""),
                Communication.of(fields, strict),
                fields.flag("hide_webhook_headers", false),
                signature(fields),
                fields.integer("rate_limit_per_minute", 0, 1_000_000_000)
                        .map(Long::intValue)
                        .orElse(null),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    /** Real clients send JSON in a string, or the JSON itself; {@code "[]"} is their way to say that there is none. */
    private static String workflow(JsonFields fields) {
        Optional<JsonNode> sent = fields.node("workflow");
        if (sent.isPresent() && sent.get().isContainerNode()) {
            return sent.get().isEmpty() ? "" : sent.get().toString();
        }
        String text = fields.text("workflow", LONGEST_WORKFLOW, "").strip();
        return text.equals("[]") || text.equals("{}") ? "" : text;
    }

    private static @Nullable SenderKind signature(JsonFields fields) {
        ObjectNode signature = fields.object("signature");
        if (signature.isEmpty()) {
            return null;
        }
        String type = signature.path("type").asText("");
        Optional<SenderKind> kind = SenderKind.of(type);
        if (kind.isEmpty()) {
            fields.problem("/signature/type", "must be one of " + SenderKind.names() + ", got \"" + type + "\"");
        }
        return kind.orElse(null);
    }

    /**
     * Notes what is wrong.
     *
     * @param strict older clients may send a filter in another language, which is then kept and said of every event
     */
    void check(JsonFields fields, OutboundHttp http, boolean strict) {
        try {
            EventFilter.of(filter);
        } catch (BadFilter e) {
            if (strict) {
                fields.problem("/filter", e.sentence());
            }
        }
        EventPrompt.problem(prompt).ifPresent(problem -> fields.problem("/prompt", problem));
        if (communication.method() == Communication.Method.HTTP) {
            String problem = communication.place().map(http::problem).orElse(null);
            if (problem != null) {
                fields.problem("/communication/destination", problem);
            }
        }
        boolean both = !agentId.isEmpty() && !workflow.isEmpty();
        if (both && strict) {
            fields.problem("/workflow", "cannot be sent together with agent_id: a webhook starts one of them");
        } else if (agentId.isEmpty() && workflow.isEmpty()) {
            fields.problem("/agent_id", "is required, or send a workflow");
        }
        if (!workflow.isEmpty() && !isObject(workflow)) {
            fields.problem("/workflow", "must be a JSON object, or a string that holds one");
        }
    }

    private static boolean isObject(String workflow) {
        try {
            return Json.MAPPER.readTree(workflow) instanceof ObjectNode;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return false;
        }
    }

    Incoming withAgent(String id) {
        return new Incoming(
                name,
                source,
                filter,
                prompt,
                id,
                workflow,
                runner,
                communication,
                hideHeaders,
                signature,
                perMinute,
                managedBy,
                taskId);
    }

    @Override
    public Kind kind() {
        return Kind.INCOMING;
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("source", source)
                .put("filter", filter)
                .put("prompt", prompt)
                .put("agent_id", agentId)
                .put("workflow", workflow)
                .put("runner", runner);
        json.set("communication", communication.toJson());
        json.put("hide_webhook_headers", hideHeaders);
        json.set("signature", signature == null ? null : Json.object().put("type", signature.wireName()));
        return json.put("rate_limit_per_minute", perMinute)
                .put("managed_by", managedBy)
                .put("task_id", taskId);
    }
}
