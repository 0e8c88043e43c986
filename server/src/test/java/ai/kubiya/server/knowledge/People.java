package ai.kubiya.server.knowledge;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.TestServer;
import java.util.concurrent.atomic.AtomicInteger;

/** Colleagues of an administrator. */
public final class People {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private People() {}

    /** Somebody who is no administrator. */
    public static ApiClient colleague(TestServer server, ApiClient admin, String... groups) {
        String email = "colleague-" + NAMES.incrementAndGet() + "@example.com";
        String user = admin.create("/v1/users", "{\"email\": \"%s\"}".formatted(email));
        for (String group : groups) {
            assertThat(admin.put("/v1/groups/" + group + "/members/" + user, "{}"))
                    .hasStatus(200);
        }
        Answer key = admin.post("/v1/auth/keys", """
                {"name": "k", "user_id": "%s",
                 "scopes": ["knowledge:write", "agents:read", "tools:execute"]}
                """.formatted(user));
        assertThat(key).hasStatus(201);
        return server.withKey(key.text("/key"));
    }

    public static String group(ApiClient admin, String name) {
        return admin.create("/v1/groups", "{\"name\": \"" + name + "\"}");
    }

    public static String id(ApiClient client) {
        return client.get("/v1/auth/me").text("/user/id");
    }
}
