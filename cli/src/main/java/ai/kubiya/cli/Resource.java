package ai.kubiya.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A resource of the API as the command line names it.
 *
 * @param name of the command
 * @param others other names of it
 * @param path of the list
 * @param columns of the table: fields of a row, nested ones with dots
 * @param verbs that it has among list, get, create, update and delete
 */
record Resource(String name, List<String> others, String path, List<String> columns, List<String> verbs) {
    private static final List<String> ALL_VERBS = List.of("list", "get", "create", "update", "delete");
    private static final List<String> READ = List.of("list", "get");

    private static Resource of(String name, String path, String... columns) {
        return new Resource(name, List.of(name + "s"), path, List.of(columns), ALL_VERBS);
    }

    private static final List<Resource> ALL = List.of(
            new Resource(
                    "agent",
                    List.of("agents", "teammate"),
                    "/v1/agents",
                    List.of("name", "description", "llm_model", "tools", "updated_at"),
                    ALL_VERBS),
            of("source", "/v1/sources", "name", "type", "status", "connected_tools_count", "errors_count", "url"),
            of("tool", "/v1/tools", "name", "type", "description"),
            new Resource(
                    "execution",
                    List.of("executions"),
                    "/v1/executions",
                    List.of("id", "kind", "subject", "status", "created_at", "duration_ms"),
                    READ),
            new Resource(
                    "session",
                    List.of("sessions"),
                    "/v1/sessions",
                    List.of("id", "title", "agent_id", "created_at"),
                    READ),
            of("runner", "/v1/runners", "name", "status", "running", "capacity", "last_seen_at"),
            of("task", "/v1/tasks", "id", "name", "kind", "status", "progress", "created_at"),
            of("schedule", "/v1/schedules", "id", "name", "cron", "at", "time_zone", "status", "next_fire_at"),
            new Resource(
                    "workflow",
                    List.of("workflows"),
                    "/v1/workflows",
                    List.of("name", "description", "steps_count", "source_name"),
                    READ),
            new Resource(
                    "approval",
                    List.of("approvals"),
                    "/v1/approvals",
                    List.of("id", "status", "subject_type", "subject", "requested_by", "requested_at"),
                    READ),
            of("project", "/v1/projects", "name", "status", "url", "branch", "path", "auto_apply", "runner"),
            new Resource(
                    "knowledge",
                    List.of(),
                    "/v1/knowledge",
                    List.of("id", "name", "type", "visibility", "version", "updated_at"),
                    ALL_VERBS),
            of("webhook", "/v1/webhooks", "id", "kind", "name", "url", "status", "last_triggered_at"),
            of("secret", "/v1/secrets", "name", "description", "created_by", "created_at"),
            of("integration", "/v1/integrations", "name", "integration_type", "description"),
            new Resource(
                    "policy",
                    List.of("policies"),
                    "/v1/policies",
                    List.of("name", "applies_to", "mode", "enabled"),
                    ALL_VERBS),
            new Resource(
                    "key",
                    List.of("keys"),
                    "/v1/auth/keys",
                    List.of("id", "name", "prefix", "scopes", "status", "last_used"),
                    ALL_VERBS),
            of("user", "/v1/users", "email", "name", "user_status", "roles"),
            of("group", "/v1/groups", "name", "description", "system"),
            new Resource(
                    "audit",
                    List.of(),
                    "/v1/audit",
                    List.of("timestamp", "email", "action_type", "resource_type", "resource_text", "action_successful"),
                    READ));

    static List<Resource> all() {
        return ALL;
    }

    static Optional<Resource> named(String name) {
        return ALL.stream()
                .filter(resource -> Stream.concat(Stream.of(resource.name()), resource.others().stream())
                        .anyMatch(name::equals))
                .findFirst();
    }
}
