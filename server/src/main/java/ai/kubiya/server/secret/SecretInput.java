package ai.kubiya.server.secret;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a client says about a secret.
 *
 * @param value empty = as it is
 */
record SecretInput(String name, String description, String managedBy, String taskId, Optional<String> value) {
    static final int LONGEST_VALUE = 64 << 10;

    private static final List<String> READ_ONLY =
            List.of("id", "uuid", "variable", "created_by", "updated_by", "created_at", "updated_at");

    /**
     * Reads the fields and notes what is wrong with them.
     *
     * @param strict of the documented surface; others say {@code secret_name} too
     */
    static SecretInput of(JsonFields fields, boolean strict) {
        fields.ignore(READ_ONLY);
        if (!strict && !fields.has("name") && fields.has("secret_name")) {
            return read(fields, fields.requiredText("secret_name", 200));
        }
        return read(fields, fields.requiredText("name", 200));
    }

    private static SecretInput read(JsonFields fields, String name) {
        if (!name.isBlank() && !SecretName.isGood(name)) {
            fields.problem("/name", SecretName.RULE);
        }
        return new SecretInput(
                name,
                fields.text("description", 10_000, ""),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""),
                value(fields));
    }

    private static Optional<String> value(JsonFields fields) {
        Optional<String> value = fields.text("value", LONGEST_VALUE);
        if (value.isPresent() && value.get().isEmpty()) {
            fields.problem("/value", "must not be empty");
        }
        int bytes =
                value.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
        if (bytes > LONGEST_VALUE) {
            fields.problem("/value", "must have at most " + LONGEST_VALUE + " bytes in UTF-8, got " + bytes);
        }
        return value;
    }

    /** The fields of a secret as a client would send them, all but the value. */
    static ObjectNode json(Secret secret) {
        return Json.object()
                .put("name", secret.name())
                .put("description", secret.description())
                .put("managed_by", secret.managedBy())
                .put("task_id", secret.taskId());
    }
}
