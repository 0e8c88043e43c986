package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What each type of step cannot do without. */
final class StepNeeds {
    private StepNeeds() {}

    static void check(Step step, JsonFields fields) {
        ObjectNode config = step.config();
        switch (step.type()) {
            case COMMAND -> {
                if (step.command().isBlank() && step.script().isBlank()) {
                    fields.problem("/command", "is required, or a script: nothing else says what is run");
                }
            }
            case DOCKER -> {
                need(config, "image", fields);
                boolean says = !config.path("content").asText().isBlank()
                        || !config.path("command").asText().isBlank()
                        || !step.command().isBlank()
                        || !step.script().isBlank();
                if (!says) {
                    fields.problem("/executor/config/command", "is required, or content");
                }
            }
            case TOOL -> {
                if (!config.has("tool_def")) {
                    need(config, "tool_name", fields);
                }
            }
            case AGENT -> {
                boolean named = config.hasNonNull("agent_id")
                        || config.hasNonNull("agent_name")
                        || config.hasNonNull("teammate_name")
                        || config.hasNonNull("name");
                if (!named) {
                    fields.problem("/executor/config/agent_name", "is required: the name or id of an agent");
                }
                if (!config.hasNonNull("message") && !config.hasNonNull("prompt")) {
                    fields.problem("/executor/config/message", "is required: what the agent is told");
                }
            }
            case HTTP -> {
                if (!config.hasNonNull("url") && step.command().isBlank()) {
                    fields.problem("/executor/config/url", "is required");
                }
            }
            case KUBIYA -> need(config, "url", fields);
            case JQ -> {
                if (!config.hasNonNull("query") && step.command().isBlank()) {
                    fields.problem("/executor/config/query", "is required: a jq program");
                }
            }
            case WORKFLOW -> {
                if (!config.path("workflow").isTextual()
                        && !config.path("workflow").isObject()) {
                    fields.problem(
                            "/executor/config/workflow", "is required: a saved workflow's name, or a definition");
                }
            }
        }
    }

    private static void need(ObjectNode config, String name, JsonFields fields) {
        if (config.path(name).asText().isBlank()) {
            fields.problem("/executor/config/" + name, "is required");
        }
    }
}
