package ai.kubiya.server.user;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/** The wire shapes of users and groups, the same on both surfaces. */
final class UserJson {
    private static final String ADMIN = "Admin";
    private static final String USER = "User";

    private UserJson() {}

    static ObjectNode of(User user) {
        ObjectNode json = Json.object()
                .put("id", user.id().toString())
                .put("uuid", user.id().toString())
                .put("name", user.name())
                .put("email", user.email())
                .put("image", user.image());
        json.set("groups", Json.array(user.groups().stream().map(UUID::toString).toList()));
        json.put("status", user.active()).put("user_status", user.active() ? "active" : "disabled");
        json.set("roles", Json.array(List.of(user.administrator() ? ADMIN : USER)));
        return json.put("create_at", Json.time(user.createdAt()))
                .put("created_at", Json.time(user.createdAt()))
                .put("updated_at", Json.time(user.updatedAt()));
    }

    static ObjectNode of(Group group) {
        ObjectNode json = Json.object()
                .put("id", group.id().toString())
                .put("uuid", group.id().toString())
                .put("name", group.name())
                .put("description", group.description())
                .put("system", group.system() != null);
        json.set("roles", Json.array(roles(group)));
        return json.put("create_at", Json.time(group.createdAt()))
                .put("created_at", Json.time(group.createdAt()))
                .put("updated_at", Json.time(group.updatedAt()));
    }

    private static List<String> roles(Group group) {
        return switch (group.system()) {
            case ADMINS -> List.of(ADMIN);
            case USERS -> List.of(USER);
            case null -> List.of();
        };
    }
}
