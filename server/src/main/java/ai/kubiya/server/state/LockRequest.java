package ai.kubiya.server.state;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What Terraform sends to lock and to unlock.
 *
 * @param id empty when it names none, as {@code terraform force-unlock} does
 * @param info everything it said
 * @param force whether the lock is to go whoever holds it
 */
record LockRequest(String id, String info, boolean force) {
    private static final int LONGEST = 2000;

    /** Fields that a later Terraform adds are kept and not refused. */
    private static JsonFields fields(ObjectNode body) {
        JsonFields fields = new JsonFields(body);
        for (String name : new String[] {"Operation", "Info", "Who", "Version", "Created", "Path"}) {
            fields.text(name, LONGEST);
        }
        return fields;
    }

    static LockRequest toLock(ObjectNode body) {
        JsonFields fields = fields(body);
        String id = fields.requiredText("ID", 200);
        fields.check(false);
        return new LockRequest(id, Json.text(body), false);
    }

    static LockRequest toUnlock(ObjectNode body) {
        JsonFields fields = fields(body);
        String id = fields.text("ID", 200, "");
        boolean force = fields.flag("force", false);
        fields.check(false);
        return new LockRequest(id, Json.text(body), force);
    }
}
