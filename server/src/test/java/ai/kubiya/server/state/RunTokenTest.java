package ai.kubiya.server.state;

import static ai.kubiya.server.state.States.lock;
import static ai.kubiya.server.state.States.newProject;
import static ai.kubiya.server.state.States.state;
import static ai.kubiya.server.state.States.write;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a run may do with its token, and for how long. */
@ServerTest
class RunTokenTest {
    /** An execution at work. */
    private static String execution(ApiClient client) {
        String name = "sleeper-" + UUID.randomUUID();
        client.create("/v1/tools", """
                {"name": "%s", "description": "sleeps", "type": "script", "content": "sleep 120"}
                """.formatted(name));
        Answer started = client.post("/v1/tools/" + name + "/executions", "{}");
        assertThat(started).hasStatus(202);
        return started.id();
    }

    /** The client of a run; runs get their tokens inside of the server. */
    private static ApiClient run(TestServer server, ApiClient client, String path, String execution)
            throws SQLException, GeneralSecurityException {
        String token = "run_" + UUID.randomUUID().toString().replace("-", "") + "-for-tests";
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        try (var connection = server.connect();
                var statement = connection.prepareStatement("""
                        INSERT INTO project_run_token (id, organization_id, project_id, execution_id, hash, created_at)
                        SELECT uuidv7(), organization_id, ?::uuid, id, ?, now() FROM execution WHERE id = ?::uuid
                        """)) {
            statement.setString(1, path.split("/")[3]);
            statement.setString(2, hash);
            statement.setString(3, execution);
            statement.execute();
        }
        String basic = Base64.getEncoder().encodeToString(("run:" + token).getBytes(StandardCharsets.UTF_8));
        return client.withAuthorization("Basic " + basic);
    }

    private static void awaitEnd(ApiClient client, String execution) throws InterruptedException {
        while (!List.of("completed", "failed", "cancelled", "lost")
                .contains(client.get("/v1/executions/" + execution).text("/status"))) {
            Thread.sleep(20);
        }
    }

    @Test
    void isGoodForItsOwnProjectsStateAlone(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "own");
        String other = newProject(client, "other");
        String execution = execution(client);
        ApiClient run = run(server, client, path, execution);

        assertThat(run.get(path + "/raw")).hasStatus(204);
        assertThat(run.send("LOCK", path + "/raw", lock("of-run"))).hasStatus(200);
        assertThat(run.post(path + "/raw?ID=of-run", state(1))).hasStatus(200).has("/execution_id", execution);
        assertThat(client.get(path)).has("/lock/execution_id", execution);
        assertThat(run.send("UNLOCK", path + "/raw", lock("of-run"))).hasStatus(200);

        assertThat(run.get(other + "/raw")).hasStatus(404);
        assertThat(run.get("/v1/projects/own/state/raw")).hasStatus(404);
        for (String elsewhere : List.of(path, path + "/versions", "/v1/projects", "/v1/secrets", "/v1/auth/me")) {
            assertThat(run.get(elsewhere)).hasStatus(401);
        }
        assertThat(run.post(path + "/versions/1/restore", "")).hasStatus(401);
        String token = new String(Base64.getDecoder().decode(run.key()), StandardCharsets.UTF_8).substring(4);
        assertThat(client.withAuthorization("UserKey " + token).get("/v1/projects"))
                .hasStatus(401);
    }

    @Test
    void isOverWithItsExecutionAndSoIsItsLock(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "over");
        write(client, path, state(1));
        String execution = execution(client);
        ApiClient run = run(server, client, path, execution);
        assertThat(run.send("LOCK", path + "/raw", lock("of-run"))).hasStatus(200);
        assertThat(client.send("LOCK", path + "/raw", lock("next"))).hasStatus(423);

        assertThat(client.post("/v1/executions/" + execution + "/cancel", "")).hasStatus(200);
        awaitEnd(client, execution);

        assertThat(client.get(path)).hasNull("/lock");
        assertThat(run.post(path + "/raw?ID=of-run", state(2)))
                .hasStatus(401)
                .hasErrorCode("INVALID_API_KEY")
                .saysWhy("is over");
        assertThat(client.send("LOCK", path + "/raw", lock("next"))).hasStatus(200);
        assertThat(client.get(path)).has("/lock/id", "next").has("/current/serial", 1);
    }

    @Test
    void keepsItsLockFromThoseWhoForce(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "forced");
        ApiClient run = run(server, client, path, execution(client));
        assertThat(run.send("LOCK", path + "/raw", lock("of-run"))).hasStatus(200);

        // What terraform force-unlock sends.
        assertThat(client.send("UNLOCK", path + "/raw", "")).hasStatus(423).saysWhy("is at work", "cancel it");
        assertThat(client.get(path)).has("/lock/id", "of-run");

        assertThat(client.post(path + "/unlock", "{\"force\": true}")).hasStatus(200);
        assertThat(run.post(path + "/raw?ID=of-run", state(1))).hasStatus(409).saysWhy("not held any more");
    }

    @Test
    void releasesNoLockButItsOwn(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "not-own");
        ApiClient run = run(server, client, path, execution(client));
        assertThat(client.send("LOCK", path + "/raw", lock("of-laptop"))).hasStatus(200);

        for (String body : List.of("", lock("of-laptop"), "{\"force\": true}")) {
            assertThat(run.post(path + "/unlock", body)).hasStatus(423).saysWhy("no lock but its own");
        }
        assertThat(client.get(path)).has("/lock/id", "of-laptop");
    }

    @Test
    void isVoidWhenItsExecutionGetsAnother(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "replaced");
        String execution = execution(client);
        ApiClient before = run(server, client, path, execution);
        ApiClient after = run(server, client, path, execution);

        assertThat(before.get(path + "/raw")).hasStatus(401);
        assertThat(after.get(path + "/raw")).hasStatus(204);
    }
}
