package ai.kubiya.server.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a key may do. {@code write}, {@code execute} and {@code manage} include {@code read} of the same resource. */
public enum Scope {
    AGENTS_READ("agents:read"),
    AGENTS_WRITE("agents:write"),
    SOURCES_READ("sources:read"),
    SOURCES_WRITE("sources:write"),
    TOOLS_READ("tools:read"),
    TOOLS_EXECUTE("tools:execute"),
    TASKS_READ("tasks:read"),
    TASKS_EXECUTE("tasks:execute"),
    PROJECTS_READ("projects:read"),
    PROJECTS_WRITE("projects:write"),
    KNOWLEDGE_READ("knowledge:read"),
    KNOWLEDGE_WRITE("knowledge:write"),
    RUNNERS_READ("runners:read"),
    RUNNERS_MANAGE("runners:manage"),
    INTEGRATIONS_READ("integrations:read"),
    INTEGRATIONS_WRITE("integrations:write"),
    WEBHOOKS_MANAGE("webhooks:manage"),
    SECRETS_READ("secrets:read"),
    SECRETS_WRITE("secrets:write"),
    WORKFLOWS_READ("workflows:read"),
    WORKFLOWS_MANAGE("workflows:manage"),
    AUDIT_READ("audit:read"),
    /** All of them. */
    ADMIN("admin");

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<Scope> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName.equals(name))
                .findFirst();
    }

    /** Whether a holder of {@code held} may do what this scope guards. */
    public boolean isGrantedBy(Set<Scope> held) {
        return held.contains(ADMIN) || held.contains(this) || isReadIncludedIn(held);
    }

    private boolean isReadIncludedIn(Set<Scope> held) {
        if (!wireName.endsWith(":read")) {
            return false;
        }
        String resource = wireName.substring(0, wireName.indexOf(':') + 1);
        return held.stream().anyMatch(scope -> scope.wireName.startsWith(resource));
    }
}
