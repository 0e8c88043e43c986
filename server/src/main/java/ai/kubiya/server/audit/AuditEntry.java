package ai.kubiya.server.audit;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done or refused.
 *
 * @param category the part of the platform: {@code agents}, {@code secrets}, {@code keys}, …
 * @param categoryName what in it: the same word again, or the name of the agent or tool that acts
 * @param resourceType what was touched: {@code agent}, {@code secret}, {@code api_key}, …
 * @param resource its name, for people
 * @param action {@code create}, {@code update}, {@code delete}, {@code read}, {@code execute}, {@code sync}, …
 * @param extra more about it, its {@code id} for one; never a secret value
 */
public record AuditEntry(
        String category,
        String categoryName,
        String resourceType,
        String resource,
        String action,
        boolean successful,
        ObjectNode extra) {

    public static AuditEntry of(String category, String resourceType, String resource, String action) {
        return new AuditEntry(category, category, resourceType, resource, action, true, Json.object());
    }

    /** With one more fact; null leaves it out. */
    public AuditEntry with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        ObjectNode more = extra.deepCopy();
        switch (value) {
            case Boolean flag -> more.put(name, flag);
            case Integer number -> more.put(name, number);
            case Long number -> more.put(name, number);
            default -> more.put(name, value.toString());
        }
        return new AuditEntry(category, categoryName, resourceType, resource, action, successful, more);
    }

    /** Under the name of the agent or tool that acts. */
    public AuditEntry under(String name) {
        return new AuditEntry(category, name, resourceType, resource, action, successful, extra);
    }

    /** It was refused, or it failed. */
    public AuditEntry refused() {
        return new AuditEntry(category, categoryName, resourceType, resource, action, false, extra);
    }
}
