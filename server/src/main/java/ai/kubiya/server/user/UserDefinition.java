package ai.kubiya.server.user;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a client may say about a user.
 *
 * @param groups ids or names
 */
record UserDefinition(String email, String name, String image, boolean active, List<String> groups) {
    /** What only the server says; clients send it back after reading it. */
    private static final List<String> READ_ONLY =
            List.of("id", "uuid", "user_status", "roles", "create_at", "created_at", "updated_at");

    private static final int LONGEST_EMAIL = 254;
    // Letters that only look alike are not letters of an address here: access may depend on it.
    private static final Pattern EMAIL = Pattern.compile("[\\x21-\\x7E&&[^@]]{1,64}@[\\x21-\\x7E&&[^@]]+");

    UserDefinition {
        groups = List.copyOf(groups);
    }

    static boolean isEmail(String text) {
        return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
    }

    static UserDefinition of(JsonFields fields) {
        fields.ignore(READ_ONLY);
        String email = fields.requiredText("email", LONGEST_EMAIL).strip();
        if (!email.isEmpty() && !isEmail(email)) {
            fields.problem("/email", "must be an e-mail address such as ada@example.com, got \"" + email + "\"");
        }
        String name = fields.text("name", 200, "").strip();
        return new UserDefinition(
                email,
                name.isEmpty() ? email.replaceFirst("@.*", "") : name,
                fields.text("image", 2000, ""),
                fields.flag("status", true),
                fields.texts("groups"));
    }

    /** The stored fields as a client would send them. */
    static ObjectNode toJson(User user) {
        ObjectNode json = Json.object()
                .put("email", user.email())
                .put("name", user.name())
                .put("image", user.image())
                .put("status", user.active());
        json.set("groups", Json.array(user.groups().stream().map(UUID::toString).toList()));
        return json;
    }
}
