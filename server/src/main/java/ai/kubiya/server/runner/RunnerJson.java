package ai.kubiya.server.runner;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.runner.presence.Health;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The wire shapes of runners: fields of the documented surface and of existing clients side by side. */
final class RunnerJson {
    /** What existing clients know as the second generation of runners. */
    static final int GENERATION = 2;

    private RunnerJson() {}

    static ObjectNode of(RunnerState state) {
        Runner runner = state.runner();
        RunnerDefinition definition = runner.definition();
        ObjectNode json = Json.object()
                .put("id", runner.id().toString())
                .put("uuid", runner.id().toString());
        json.setAll(definition.toJson());
        json.put("status", state.status())
                .put("version", GENERATION)
                .put("runner_type", definition.type())
                .put("kubernetes_namespace", definition.namespace())
                .put("subject", runner.organizationId() + "." + runner.name())
                .put("user_key_id", "")
                .put("authentication_type", runner.isEmbedded() ? "none" : "token")
                .put("wss_url", "")
                .putNull("gateway_url")
                .putNull("gateway_password")
                .put("capacity", state.capacity())
                .put("running", state.running())
                .put("load", state.load())
                .put("draining", state.isDraining())
                .put("last_seen_at", Json.time(runner.lastSeenAt()))
                .put("created_by", runner.createdBy())
                .put("updated_by", runner.updatedBy())
                .put("created_at", Json.time(runner.createdAt()))
                .put("updated_at", Json.time(runner.updatedAt()));
        json.set("effective_labels", Json.array(state.labels().stream().sorted().toList()));
        json.set("health", health(state.health()));
        Health.Component whole = whole(state.health());
        json.set("runner_health", old(whole));
        state.health().components().forEach((name, component) -> json.set(name + "_health", old(component)));
        ArrayNode processes = json.putArray("processes");
        state.processes().forEach(process -> processes.add(process.toJson()));
        return json;
    }

    /** Health as the documented surface has it. */
    static ObjectNode health(Health health) {
        ObjectNode json = Json.object()
                .put("status", health.status().wireName())
                .put("health", flag(health.status()))
                .put("last_check", Json.time(health.lastCheck()))
                .put("version", health.version());
        ObjectNode components = json.putObject("components");
        health.components().forEach((name, component) -> {
            ObjectNode one = components.putObject(name);
            one.put("status", component.status().wireName())
                    .put("health", flag(component.status()))
                    .put("version", component.version())
                    .put("error", component.error());
            one.set("metadata", details(component));
        });
        return json;
    }

    /** Health as existing clients know it, with the documented fields that do not contradict it. */
    static ObjectNode oldHealth(Health health) {
        ObjectNode json = health(health);
        json.put("status", word(health.status()))
                .put("time", Json.time(health.lastCheck()))
                .put("version", "v" + GENERATION)
                .put("healthy", health.status() == Health.Status.HEALTHY)
                .put("message", whole(health).error());
        ArrayNode checks = json.putArray("checks");
        health.components().forEach((name, component) -> {
            ObjectNode check = checks.addObject()
                    .put("name", name.replace('_', '-'))
                    .put("status", word(component.status()))
                    .put("version", component.version())
                    .put("error", component.error());
            check.set("metadata", details(component));
        });
        json.path("components").properties().forEach(entry -> {
            Health.Component component = health.components().get(entry.getKey());
            if (component != null && entry.getValue() instanceof ObjectNode one) {
                one.put("status", word(component.status()));
            }
        });
        return json;
    }

    /** All four are strings for existing clients. */
    private static ObjectNode old(Health.Component component) {
        return Json.object()
                .put("status", word(component.status()))
                .put("health", flag(component.status()))
                .put("error", component.error())
                .put("version", component.version());
    }

    private static Health.Component whole(Health health) {
        String error = health.components().values().stream()
                .map(Health.Component::error)
                .filter(text -> !text.isEmpty())
                .distinct()
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
        return new Health.Component(health.status(), health.version(), error, Map.of());
    }

    private static ObjectNode details(Health.Component component) {
        ObjectNode details = Json.object();
        component.details().forEach(details::put);
        return details;
    }

    private static String flag(Health.Status status) {
        return status == Health.Status.HEALTHY ? "true" : "false";
    }

    /** The words that existing clients compare with. */
    private static String word(Health.Status status) {
        return switch (status) {
            case HEALTHY -> "ok";
            case UNHEALTHY -> "error";
            case OFFLINE -> "non-responsive";
        };
    }
}
