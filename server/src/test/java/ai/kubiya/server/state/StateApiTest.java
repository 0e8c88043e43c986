package ai.kubiya.server.state;

import static ai.kubiya.server.state.States.holdsSerial;
import static ai.kubiya.server.state.States.lock;
import static ai.kubiya.server.state.States.newProject;
import static ai.kubiya.server.state.States.state;
import static ai.kubiya.server.state.States.write;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken, kept and given back of states. */
@ServerTest
class StateApiTest {
    private static String md5(String text) throws NoSuchAlgorithmException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keepsWhatTerraformSendsToTheLetter(ApiClient client) throws NoSuchAlgorithmException {
        String path = newProject(client, "letters");
        assertThat(client.get(path + "/raw")).hasStatus(204);
        assertThat(client.get(path))
                .hasStatus(200)
                .hasNull("/current")
                .has("/last_version", 0)
                .hasNull("/lock");

        String sent = state(3, "ä \\u0000 🚀");
        Answer written = client.withHeader("Content-MD5", md5(sent)).post(path + "/raw", sent);

        assertThat(written)
                .hasStatus(200)
                .has("/version", 1)
                .has("/serial", 3)
                .has("/lineage", States.LINEAGE)
                .has("/terraform_version", "1.11.4")
                .has("/size_bytes", sent.getBytes(StandardCharsets.UTF_8).length)
                .has("/md5", md5(sent))
                .has("/output_count", 2);
        Answer read = client.get(path + "/raw");
        assertThat(read.body()).isEqualTo(sent);
        assertThat(read).hasHeader("Content-MD5", md5(sent)).hasHeader("X-State-Version", "1");
        assertThat(client.get(path)).has("/current", written.json()).has("/last_version", 1);
    }

    @Test
    void takesBasicAuthenticationWithTheKeyAsPassword(ApiClient client) {
        String path = newProject(client, "basic");
        String good = Base64.getEncoder().encodeToString(("anybody:" + client.key()).getBytes(StandardCharsets.UTF_8));
        String wrong = Base64.getEncoder().encodeToString("anybody:uk_wrong".getBytes(StandardCharsets.UTF_8));

        assertThat(client.withAuthorization("Basic " + good).post(path + "/raw", state(1)))
                .hasStatus(200);
        assertThat(client.withAuthorization("Basic " + wrong).get(path + "/raw"))
                .hasStatus(401)
                .hasErrorCode("INVALID_API_KEY");
        assertThat(client.withAuthorization("Basic run_" + "x".repeat(43)).get(path + "/raw"))
                .hasStatus(401)
                .saysWhy("the password is the API key");
        assertThat(client.withAuthorization("Basic " + good).get("/v1/projects"))
                .hasStatus(401)
                .hasErrorCode("AUTH_REQUIRED");
    }

    @Test
    void findsAProjectByItsNameToo(ApiClient client) {
        newProject(client, "by-name");

        write(client, "/v1/projects/by-name/state", state(1));

        holdsSerial(client, "/v1/projects/by-name/state", 1);
    }

    @Test
    void keepsEveryVersionAndGivesEachBack(ApiClient client) {
        String path = newProject(client, "versions");
        assertThat(client.get(path + "/versions").rows()).isEmpty();
        for (int serial = 1; serial <= 5; serial++) {
            write(client, path, state(serial, "v" + serial));
        }

        assertThat(client.get(path + "/versions?limit=2").column("version")).containsExactly("5", "4");
        assertThat(client.get(path + "/versions?limit=2&offset=4").column("version"))
                .containsExactly("1");
        assertThat(client.get(path + "/versions?limit=2")).has("/pagination/total", 5);
        assertThat(client.get(path + "/versions/2").at("/serial").asInt()).isEqualTo(2);
        assertThat(client.get(path + "/versions/2/raw").body()).isEqualTo(state(2, "v2"));
        for (String number : List.of("6", "0", "-1", "two", "99999999999999999999")) {
            assertThat(client.get(path + "/versions/" + number)).hasStatus(404);
        }
    }

    @Test
    void refusesAnOlderStateAndOneOfAnotherLineage(ApiClient client) {
        String path = newProject(client, "serials");
        write(client, path, state(7, "good"));

        assertThat(client.post(path + "/raw", state(6)))
                .hasStatus(409)
                .hasErrorCode("CONFLICT")
                .saysWhy("serial 7", "has 6");
        assertThat(client.post(path + "/raw", state(7, "other"))).hasStatus(409).saysWhy("with other contents");
        assertThat(client.post(path + "/raw", state(8).replace(States.LINEAGE, "another")))
                .hasStatus(409)
                .saysWhy("lineage " + States.LINEAGE, "has another");
        assertThat(client.get(path + "/raw").body()).isEqualTo(state(7, "good"));
        assertThat(client.get(path + "/versions").rows()).hasSize(1);
    }

    @Test
    void takesTheSameStateTwiceAsOneVersion(ApiClient client) {
        String path = newProject(client, "repeated");
        write(client, path, state(1));

        assertThat(client.post(path + "/raw", state(1))).hasStatus(200).has("/version", 1);

        assertThat(client.get(path + "/versions").rows()).hasSize(1);
    }

    static Stream<List<String>> broken() {
        return Stream.of(
                List.of("", "INVALID_JSON|VALIDATION_FAILED", ""),
                List.of("{", "INVALID_JSON", "line 1"),
                List.of("not json", "INVALID_JSON", "line 1"),
                List.of("[]", "VALIDATION_FAILED", "one JSON object"),
                List.of("{}", "VALIDATION_FAILED", "/version"),
                List.of(state(1) + "{}", "VALIDATION_FAILED", "nothing behind it"),
                List.of(state(1).replace("\"version\": 4", "\"version\": 3"), "VALIDATION_FAILED", "/version"),
                List.of(state(1).replace("\"serial\": 1", "\"serial\": \"1\""), "VALIDATION_FAILED", "/serial"),
                List.of(state(1).replace("\"serial\": 1", "\"serial\": -1"), "VALIDATION_FAILED", "/serial"),
                List.of(state(1).replace("\"serial\": 1", "\"serial\": 1e99"), "VALIDATION_FAILED", "/serial"),
                List.of(
                        state(1).replace("\"serial\": 1", "\"serial\": 1, \"serial\": 9"),
                        "VALIDATION_FAILED",
                        "twice"),
                List.of(state(1).replace(States.LINEAGE, ""), "VALIDATION_FAILED", "/lineage"),
                List.of(state(1).replace("\"lineage\"", "\"line\""), "VALIDATION_FAILED", "/lineage"),
                List.of(state(1).replace("\"resources\": []", "\"resources\": {}"), "VALIDATION_FAILED", "/resources"),
                List.of("{\"a\":" + "[".repeat(2000), "INVALID_JSON", "nesting depth"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refusesWhatIsNoState(List<String> broken, ApiClient client) {
        String path = newProject(client, "broken");
        write(client, path, state(1, "good"));

        Answer answer = client.post(path + "/raw", broken.get(0));

        assertThat(answer).hasStatus(400).saysWhy(broken.get(2));
        assertThat(answer.text("/errorCode")).matches(broken.get(1));
        assertThat(client.get(path + "/raw").body()).isEqualTo(state(1, "good"));
        client.delete(path.replace("/state", ""));
    }

    @Test
    void refusesABodyThatIsNotWhatItsMd5Says(ApiClient client) throws NoSuchAlgorithmException {
        String path = newProject(client, "damaged");

        for (String wrong : List.of(md5("something else"), "not base64", "")) {
            assertThat(client.withHeader("Content-MD5", wrong).post(path + "/raw", state(1)))
                    .hasStatus(400)
                    .hasFieldError("Content-MD5", "damaged");
        }
        assertThat(client.get(path + "/raw")).hasStatus(204);
    }

    @Test
    void hidesSensitiveOutputsFromThoseWhoMayOnlyRead(TestServer server, ApiClient client) {
        String path = newProject(client, "outputs");
        String outputs = path.replace("/state", "/outputs");
        assertThat(client.get(outputs).rows()).isEmpty();
        write(client, path, state(1, "seen"));
        ApiClient reader = server.withScopes(client, Scope.PROJECTS_READ);

        Answer masked = reader.get(outputs);
        assertThat(masked)
                .has("/data/0", Map.of("name", "plain", "type", "string", "value", "seen", "sensitive", false))
                .has("/data/1/sensitive", true)
                .hasNull("/data/1/value")
                .doesNotMention("hidden-seen");
        assertThat(reader.get(outputs + "?reveal=true")).hasStatus(403).hasErrorCode("INSUFFICIENT_SCOPE");
        assertThat(client.get(outputs + "?reveal=true")).has("/data/1/value", "hidden-seen");
        assertThat(client.get(outputs + "?limit=1&offset=1").column("name")).containsExactly("hidden");
        for (String secret : List.of(path + "/raw", path + "/versions/1/raw")) {
            assertThat(reader.get(secret)).hasStatus(403);
        }
        assertThat(reader.get(path)).hasStatus(200).doesNotMention("seen");
        assertThat(client.get("/v1/audit?resource_type=project_state").column("action_type"))
                .contains("read_outputs");
    }

    @Test
    void listsInstancesOfResources(ApiClient client) {
        String path = newProject(client, "resources");
        String resources = path.replace("/state", "/resources");
        assertThat(client.get(resources).rows()).isEmpty();
        write(client, path, state(1).replace("\"resources\": []", """
                "resources": [
                  {"mode": "managed", "type": "terraform_data", "name": "one", "provider": "p", "instances": [
                    {"attributes": {"input": {"value": "secret-input"}, "id": "id-1"}, "sensitive_attributes": []}]},
                  {"module": "module.net[\\"a\\"]", "mode": "managed", "type": "x", "name": "many", "provider": "p",
                   "instances": [{"index_key": "k", "attributes": {}, "dependencies": ["terraform_data.one"]},
                                 {"index_key": 0, "status": "tainted", "attributes": {"id": 7}}]},
                  {"mode": "data", "type": "y", "name": "read", "provider": "p", "instances": [{"attributes": null}]}]
                """.strip()));

        Answer listed = client.get(resources);

        assertThat(listed.column("address"))
                .containsExactly(
                        "terraform_data.one",
                        "module.net[\"a\"].x.many[\"k\"]",
                        "module.net[\"a\"].x.many[0]",
                        "data.y.read");
        assertThat(listed.column("status")).containsExactly("created", "created", "tainted", "created");
        assertThat(listed)
                .has("/data/0/id", "id-1")
                .has("/data/1/depends_on", List.of("terraform_data.one"))
                .has("/data/2/id", "")
                .doesNotMention("secret-input");
        assertThat(client.get(resources + "?limit=1&offset=3").column("mode")).containsExactly("data");
        assertThat(client.get(path)).has("/current/resource_count", 3);
    }

    @Test
    void restoresAnOldVersionAsTheNewest(ApiClient client) {
        String path = newProject(client, "rollback");
        write(client, path, state(9, "old"));
        write(client, path, state(10, "new"));

        Answer restored = client.post(path + "/versions/1/restore", "");

        assertThat(restored)
                .hasStatus(201)
                .has("/version", 3)
                .has("/serial", 11)
                .has("/restored_from", 1);
        assertThat(client.get(path + "/raw").body()).isEqualTo(state(11, "old"));
        assertThat(client.get(path + "/versions/1/raw").body()).isEqualTo(state(9, "old"));
        assertThat(client.post(path + "/versions/4/restore", "")).hasStatus(404);
    }

    @Test
    void forgetsNothingWhenAStateIsDeleted(ApiClient client) {
        String path = newProject(client, "deleted");
        write(client, path, state(5, "old"));

        assertThat(client.delete(path + "/raw")).hasStatus(200);

        assertThat(client.get(path + "/raw")).hasStatus(204);
        assertThat(client.get(path)).hasNull("/current").has("/last_version", 1);
        String another = state(1, "another").replace(States.LINEAGE, "another-lineage");
        write(client, path, another);
        assertThat(client.post(path + "/versions/1/restore", "")).hasStatus(201).has("/serial", 6);
        assertThat(client.get(path + "/raw").body()).isEqualTo(state(6, "old"));
    }

    @Test
    void changesNothingWhileSomebodyElseHoldsTheLock(ApiClient client) {
        String path = newProject(client, "locked");
        write(client, path, state(1, "good"));
        assertThat(client.send("LOCK", path + "/raw", lock("mine"))).hasStatus(200);

        for (String query : List.of("", "?ID=", "?ID=other")) {
            assertThat(client.post(path + "/raw" + query, state(2)))
                    .hasStatus(423)
                    .hasErrorCode("LOCKED")
                    .saysWhy("ID mine", "OperationTypeApply");
            assertThat(client.delete(path + "/raw" + query)).hasStatus(423);
        }
        assertThat(client.post(path + "/versions/1/restore", "")).hasStatus(423);
        holdsSerial(client, path, 1);

        assertThat(client.post(path + "/raw?ID=mine", state(2))).hasStatus(200);
        assertThat(client.send("UNLOCK", path + "/raw", lock("mine"))).hasStatus(200);
        assertThat(client.post(path + "/raw?ID=mine", state(3))).hasStatus(409).saysWhy("mine", "not held any more");
        holdsSerial(client, path, 2);
    }

    @Test
    void tellsWhoHoldsTheLock(ApiClient client) {
        String path = newProject(client, "holder");
        assertThat(client.send("LOCK", path + "/raw", lock("first"))).hasStatus(200);

        Answer refused = client.send("LOCK", path + "/raw", lock("second"));

        assertThat(refused).hasStatus(423);
        assertThat(refused.body()).isEqualTo(lock("first"));
        assertThat(client.post(path + "/lock", lock("second"))).hasStatus(423).has("/ID", "first");
        assertThat(client.get(path))
                .has("/lock/id", "first")
                .has("/lock/who", "ada@laptop")
                .has("/lock/operation", "OperationTypeApply")
                .hasNull("/lock/execution_id");
        // Who got no answer asks again.
        assertThat(client.send("LOCK", path + "/raw", lock("first"))).hasStatus(200);
    }

    @Test
    void unlocksOnlyForTheHolderOrByForce(ApiClient client) {
        String path = newProject(client, "unlock");
        assertThat(client.post(path + "/lock", lock("first"))).hasStatus(200);

        assertThat(client.send("UNLOCK", path + "/raw", lock("stranger")))
                .hasStatus(423)
                .saysWhy("another lock");
        assertThat(client.post(path + "/unlock", lock("stranger"))).hasStatus(423);
        assertThat(client.get(path)).has("/lock/id", "first");

        assertThat(client.post(path + "/unlock", "{\"force\": true}")).hasStatus(200);
        assertThat(client.get(path)).hasNull("/lock");
        assertThat(client.get("/v1/audit?resource_type=project_state").column("action_type"))
                .contains("force_unlock");
        assertThat(client.send("UNLOCK", path + "/raw", lock("first"))).hasStatus(200);
    }

    @Test
    void refusesALockWithoutAnId(ApiClient client) {
        String path = newProject(client, "no-id");

        assertThat(client.send("LOCK", path + "/raw", "")).hasStatus(400).hasFieldError("/ID", "required");
        assertThat(client.send("LOCK", path + "/raw", "{\"ID\": 7}"))
                .hasStatus(400)
                .hasFieldError("/ID", "string");
        assertThat(client.send("LOCK", path + "/raw", "{\"ID\": \"" + "x".repeat(70_000) + "\"}"))
                .hasStatus(413);
        assertThat(client.send("LOCK", path + "/raw", "nonsense"))
                .hasStatus(400)
                .hasErrorCode("INVALID_JSON");
        assertThat(client.get(path)).hasNull("/lock");
    }

    @Test
    void needsTheScopeOfProjects(TestServer server, ApiClient client) {
        String path = newProject(client, "scopes");
        ApiClient reader = server.withScopes(client, Scope.PROJECTS_READ);

        assertThat(reader.post(path + "/raw", state(1))).hasStatus(403);
        assertThat(reader.send("LOCK", path + "/raw", lock("x"))).hasStatus(403);
        assertThat(reader.get(path + "/versions")).hasStatus(200);
        assertThat(server.withScopes(client, Scope.SECRETS_READ).get(path)).hasStatus(403);
    }
}
