package ai.kubiya.server.policy;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is about to be done, as policies see it. Every field is always there, empty where it says nothing, so that an
 * expression may read any of them. Names of secrets are in it, values never.
 *
 * @param facts {@code tool}, {@code agent}, {@code arguments}, {@code runner}, {@code project} and {@code plan}
 */
public record PolicyInput(PolicyAction action, ObjectNode facts) {

    private static PolicyInput of(PolicyAction action) {
        return new PolicyInput(action, complete(Json.object()));
    }

    /** Adds what is not there. */
    static ObjectNode complete(ObjectNode facts) {
        fill(facts, "agent", "id", "name");
        ObjectNode tool = fill(facts, "tool", "name", "source", "image", "type");
        if (tool != null && !tool.has("secrets")) {
            tool.putArray("secrets");
        }
        fill(facts, "arguments");
        fill(facts, "project", "id", "name");
        fill(facts, "plan");
        if (!facts.has("runner")) {
            facts.put("runner", "");
        }
        return facts;
    }

    private static @Nullable ObjectNode fill(ObjectNode facts, String name, String... texts) {
        if (!facts.has(name)) {
            facts.putObject(name);
        }
        if (!(facts.get(name) instanceof ObjectNode object)) {
            return null;
        }
        for (String text : texts) {
            if (!object.has(text)) {
                object.put(text, "");
            }
        }
        return object;
    }

    /**
     * A tool is to run.
     *
     * @param source name of its source; empty when the definition was sent along
     * @param secrets names of those that it would be given
     * @param arguments as the tool would get them, defaults included
     */
    public static PolicyInput toolExecute(
            String name,
            String source,
            String image,
            String type,
            Collection<String> secrets,
            Map<String, JsonNode> arguments,
            String runner) {
        PolicyInput input = of(PolicyAction.TOOL_EXECUTE);
        ObjectNode tool = input.facts.putObject("tool")
                .put("name", name)
                .put("source", source)
                .put("image", image)
                .put("type", type);
        tool.set("secrets", Json.array(secrets));
        ObjectNode values = input.facts.putObject("arguments");
        arguments.forEach(values::set);
        input.facts.put("runner", runner);
        return input;
    }

    /** Something is to be said to an agent. What it is, no policy sees. */
    public static PolicyInput chat(UUID agent, String agentName) {
        return of(PolicyAction.CHAT).byAgent(agent, agentName);
    }

    /**
     * A plan is to be applied.
     *
     * @param plan as {@code terraform show -json} writes it; what is marked as sensitive is left out
     */
    public static PolicyInput projectApply(UUID project, String projectName, String runner, JsonNode plan) {
        PolicyInput input = of(PolicyAction.PROJECT_APPLY);
        input.facts.putObject("project").put("id", project.toString()).put("name", projectName);
        input.facts.set("plan", PlanFacts.of(plan));
        input.facts.put("runner", runner);
        return input;
    }

    /** Which agent does it. */
    public PolicyInput byAgent(UUID agent, String name) {
        ObjectNode with = facts.deepCopy();
        with.putObject("agent").put("id", agent.toString()).put("name", name);
        return new PolicyInput(action, with);
    }

    ObjectNode json(Caller caller, Instant now) {
        ObjectNode json = facts.deepCopy();
        json.put("action", action.wireName());
        return withCaller(json, caller, now);
    }

    /** Adds who and when, where that is not there. */
    static ObjectNode withCaller(ObjectNode json, Caller caller, Instant now) {
        if (!json.has("user")) {
            json.putObject("user")
                    .put("id", caller.userId().toString())
                    .put("email", caller.email())
                    .set("groups", Json.array(caller.groups().stream().sorted().toList()));
        }
        if (!json.has("organization")) {
            json.put("organization", caller.organizationName());
        }
        if (!json.has("time")) {
            json.put("time", now.toString());
        }
        return json;
    }
}
