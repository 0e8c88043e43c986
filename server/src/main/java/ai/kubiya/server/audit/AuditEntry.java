package ai.kubiya.server.audit;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing that was done or refused.
 *
 * @param category the part of the platform: {@code agents}, {@code secrets}, {@code keys}, …
 * @param resourceType what was touched: {@code agent}, {@code secret}, {@code api_key}, …
 * @param resource its name, for people
 * @param action {@code create}, {@code update}, {@code delete}, {@code read}, {@code execute}, {@code sync}, …
 * @param extra more about it, its {@code id} for one; never a secret value
 */
public record AuditEntry(
        String category, String resourceType, String resource, String action, boolean successful, ObjectNode extra) {

    public static AuditEntry of(String category, String resourceType, String resource, String action) {
        return new AuditEntry(category, resourceType, resource, action, true, Json.object());
    }

    /** With one more fact. */
    public AuditEntry with(String name, Object value) {
        ObjectNode more = extra.deepCopy();
        more.put(name, value.toString());
        return new AuditEntry(category, resourceType, resource, action, successful, more);
    }

    public AuditEntry refused() {
        return new AuditEntry(category, resourceType, resource, action, false, extra);
    }
}
