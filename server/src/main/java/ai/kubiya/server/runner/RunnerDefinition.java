package ai.kubiya.server.runner;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say about a runner (contract, section 8).
 *
 * @param type where it stands, in the client's words: {@code kubernetes}, {@code vm}, …
 * @param labels besides those that its processes bring
 * @param concurrency runs at one time on all its processes together; null = as many as they offer
 */
public record RunnerDefinition(
        String name,
        String description,
        String type,
        List<String> labels,
        @Nullable Integer concurrency,
        String namespace,
        ObjectNode metadata,
        String managedBy,
        String taskId) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    // Segments of paths, and words that stand for something else.
    private static final Set<String> RESERVED = Set.of("auto", "self", "helm", "helmchart", "description", "install");
    private static final int MOST_RUNS = 10_000;

    private static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "status",
            "version",
            "runner_type",
            "kubernetes_namespace",
            "subject",
            "user_key_id",
            "authentication_type",
            "wss_url",
            "token",
            "url",
            "gateway_url",
            "gateway_password",
            "runner_health",
            "tool_manager_health",
            "agent_manager_health",
            "health",
            "processes",
            "running",
            "capacity",
            "load",
            "effective_labels",
            "draining",
            "last_seen_at",
            "created_by",
            "updated_by",
            "created_at",
            "updated_at");

    /** Reads the fields and notes what is wrong with them. */
    static RunnerDefinition of(String name, JsonFields fields) {
        fields.ignore(READ_ONLY);
        if (fields.text("name", 200).filter(sent -> !sent.equals(name)).isPresent()) {
            fields.problem("/name", "cannot be changed, because runs and agents name the runner");
        }
        ObjectNode metadata = fields.object("metadata");
        return new RunnerDefinition(
                name,
                fields.text("description", 10_000, ""),
                fields.text("type", 100, "remote"),
                Labels.of(fields, "labels"),
                fields.integer("concurrency", 1, MOST_RUNS).map(Long::intValue).orElse(null),
                fields.text("namespace", 63)
                        .or(() -> text(metadata, "namespace"))
                        .orElse(""),
                metadata,
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    private static Optional<String> text(ObjectNode object, String name) {
        return Optional.ofNullable(object.path(name).textValue());
    }

    /** Why no runner can have this name; null when one can. */
    static @Nullable String problem(String name) {
        if (!NAME.matcher(name).matches()) {
            return "must have 1 to 63 letters, digits, '.', '_' and '-', and begin and end with a letter or digit, got \""
                    + name + "\"";
        }
        return RESERVED.contains(name) || Runners.isBuiltIn(name) ? "is a name that stands for something else" : null;
    }

    /** The fields as a client would send them. */
    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("description", description)
                .put("type", type)
                .put("concurrency", concurrency)
                .put("namespace", namespace)
                .put("managed_by", managedBy)
                .put("task_id", taskId);
        json.set("labels", Json.array(labels));
        json.set("metadata", metadata);
        return json;
    }
}
