package ai.kubiya.server.user;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People, groups, and what they may talk to. */
@ServerTest
class UserApiTest {

    private static ApiClient keyOf(TestServer server, ApiClient admin, String user, String scopes) {
        Answer key = admin.post(
                "/v1/auth/keys", "{\"name\": \"k\", \"user_id\": \"%s\", \"scopes\": [%s]}".formatted(user, scopes));
        assertThat(key).hasStatus(201);
        return server.withKey(key.text("/key"));
    }

    @Test
    void hasTheShapesThatExistingClientsParse(ApiClient admin) {
        Answer users = admin.get("/api/v1/users");
        assertThat(users).hasStatus(200).has("/0/status", true).has("/0/user_status", "active");
        for (String field : List.of("uuid", "name", "email", "image", "groups", "roles", "create_at")) {
            assertThat(users.rows().getFirst().has(field)).as(field).isTrue();
        }
        assertThat(admin.get("/api/v1/users/self").text("/email")).isEqualTo(users.text("/0/email"));
        Answer groups = admin.get("/api/v1/manage/groups");
        assertThat(groups).hasStatus(200).has("/0/system", true);
        for (String field : List.of("uuid", "name", "description", "roles", "create_at")) {
            assertThat(groups.rows().getFirst().has(field)).as(field).isTrue();
        }
    }

    @Test
    void livesThroughItsChanges(ApiClient admin) {
        Answer made = admin.post("/v1/users", "{\"email\": \"ada@example.com\"}");
        assertThat(made).hasStatus(201).has("/name", "ada").has("/status", true);
        String one = "/v1/users/" + made.id();
        assertThat(admin.get("/v1/users/ADA@example.com")).has("/id", made.id());
        assertThat(admin.post("/v1/users", "{\"email\": \"Ada@Example.com\"}"))
                .hasStatus(409)
                .hasErrorCode("CONFLICT");
        assertThat(admin.patch(one, "{\"name\": \"Ada L.\"}")).has("/name", "Ada L.");
        assertThat(admin.withHeader("If-Match", made.header("ETag").orElseThrow())
                        .delete(one))
                .hasStatus(412);
        assertThat(admin.delete(one)).hasStatus(200);
        assertThat(admin.get(one)).hasStatus(404);
        assertThat(admin.post("/v1/users", "{\"email\": \"ada@example.com\"}")).hasStatus(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; /email; is required",
                "{\"email\": \"nobody\"}; /email; e-mail address",
                "{\"email\": \"a@b\", \"status\": \"yes\"}; /status; true or false",
                "{\"email\": \"a@b\", \"groups\": [\"none\"]}; /groups/0; no group"
            })
    void saysWhatIsWrong(String body, String field, String words, ApiClient admin) {
        assertThat(admin.post("/v1/users", body)).hasStatus(400).hasFieldError(field, words);
    }

    @Test
    void stopsTheKeysOfThoseWhoGo(TestServer server, ApiClient admin) {
        String user = admin.create("/v1/users", "{\"email\": \"eve@example.com\"}");
        ApiClient eve = keyOf(server, admin, user, "\"agents:read\"");
        assertThat(eve.get("/v1/agents")).hasStatus(200);

        admin.patch("/v1/users/" + user, "{\"status\": false}");
        assertThat(eve.get("/v1/agents")).hasStatus(401);
        admin.patch("/v1/users/" + user, "{\"status\": true}");
        assertThat(eve.get("/v1/agents")).hasStatus(200);
        admin.delete("/v1/users/" + user);
        assertThat(eve.get("/v1/agents")).hasStatus(401);
    }

    @Test
    void keepsTheLastAdministrator(ApiClient admin) {
        String self = "/v1/users/" + admin.get("/v1/users/self").id();
        for (Answer answer : List.of(admin.delete(self), admin.patch(self, "{\"status\": false}"))) {
            assertThat(answer).hasStatus(409).saysWhy("administrator");
        }
        assertThat(admin.get("/v1/users/self")).hasStatus(200);
    }

    @Test
    void onlyAdministratorsChangePeople(TestServer server, ApiClient admin) {
        String user = admin.create("/v1/users", "{\"email\": \"bob@example.com\"}");
        ApiClient bob = keyOf(server, admin, user, "\"agents:write\", \"tools:execute\"");
        assertThat(bob.get("/v1/users")).hasStatus(200);
        assertThat(bob.post("/v1/users", "{\"email\": \"x@example.com\"}")).hasStatus(403);
        assertThat(bob.patch("/v1/users/" + user, "{\"name\": \"Bobby\"}")).hasStatus(403);
        assertThat(bob.post("/v1/groups", "{\"name\": \"g\"}")).hasStatus(403);
    }

    @Test
    void gathersInGroups(ApiClient admin) {
        String user = admin.create("/v1/users", "{\"email\": \"grace@example.com\"}");
        String group = admin.create("/v1/groups", "{\"name\": \"sre\"}");
        assertThat(admin.put("/v1/groups/sre/members/grace@example.com", "")).hasStatus(200);
        assertThat(admin.get("/v1/groups/" + group + "/members").column("id")).containsExactly(user);
        assertThat(admin.get("/v1/users/" + user).at("/groups").toString()).contains(group);
        assertThat(admin.delete("/v1/groups/sre/members/" + user)).hasStatus(200);
        assertThat(admin.get("/v1/groups/sre/members").rows()).isEmpty();
        assertThat(admin.post("/v1/groups", "{\"name\": \"sre\"}")).hasStatus(409);
        assertThat(admin.delete("/v1/groups/sre")).hasStatus(200);
        assertThat(admin.get("/v1/groups/sre")).hasStatus(404);
    }

    @Test
    void talksOnlyToAgentsThatAreForItsUserOrGroups(TestServer server, ApiClient admin) {
        String grace = admin.create("/v1/users", "{\"email\": \"grace@example.com\"}");
        String bob = admin.create("/v1/users", "{\"email\": \"bob@example.com\"}");
        admin.create("/v1/groups", "{\"name\": \"sre\"}");
        admin.put("/v1/groups/sre/members/" + grace, "");
        String agent = admin.create("/v1/agents", "{\"name\": \"helper\", \"allowed_groups\": [\"sre\"]}");
        String scopes = "\"agents:read\", \"tools:execute\", \"tools:read\"";
        ApiClient graces = keyOf(server, admin, grace, scopes);
        ApiClient bobs = keyOf(server, admin, bob, scopes);

        String session = graces.create("/v1/agents/helper/sessions", "{\"title\": \"hers\"}");
        assertThat(bobs.post("/v1/agents/helper/sessions", "{}"))
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED")
                .saysWhy("helper");
        assertThat(bobs.post("/v1/agents/helper/chat", "{\"message\": \"hi\"}"))
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED");
        assertThat(bobs.post("/api/v1/converse", "{\"message\": \"hi\", \"agent_uuid\": \"%s\"}".formatted(agent)))
                .hasStatus(403);
        assertThat(bobs.post("/api/v1/hb/v4/stream", "{\"message\": \"hi\", \"agent_uuid\": \"%s\"}".formatted(agent))
                        .status())
                .isEqualTo(403);
        assertThat(bobs.post("/v1/chat/completions", """
                {"model": "agent/helper", "messages": [{"role": "user", "content": "hi"}]}
                """).status()).isEqualTo(403);
        assertThat(bobs.get("/v1/sessions/" + session).status()).isIn(403, 404);
        assertThat(bobs.get("/v1/sessions/" + session + "/messages").status()).isIn(403, 404);
        assertThat(bobs.post("/v1/sessions/" + session + "/cancel", "").status())
                .isIn(403, 404);
        assertThat(bobs.get("/v1/sessions").column("id")).doesNotContain(session);
        assertThat(graces.get("/v1/sessions").column("id")).containsExactly(session);
        assertThat(admin.get("/v1/sessions/" + session)).hasStatus(200);

        // Membership counts from the moment it changes.
        admin.put("/v1/groups/sre/members/" + bob, "");
        assertThat(bobs.get("/v1/sessions/" + session)).hasStatus(200);
        admin.delete("/v1/groups/sre/members/" + grace);
        assertThat(graces.post("/v1/agents/helper/sessions", "{}")).hasStatus(403);
        assertThat(graces.get("/v1/sessions/" + session)).as("her own").hasStatus(200);

        admin.patch("/v1/agents/helper", "{\"allowed_users\": [\"GRACE@example.com\"]}");
        assertThat(graces.post("/v1/agents/helper/sessions", "{}")).hasStatus(201);
    }
}
