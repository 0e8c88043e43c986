package ai.kubiya.server;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.config.SettingsReader;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The master key: how it is changed, whatever happens meanwhile, and what a server says that has the wrong one. */
class MasterKeyRotationTest {
    private static final int SECRETS = 250;

    private static String key(int seed) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) seed);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void fill(ApiClient client, int secrets) {
        for (int i = 0; i < secrets; i++) {
            client.create("/v1/secrets", "{\"name\": \"S%d\", \"value\": \"value-%d\"}".formatted(i, i));
        }
        client.create("/v1/integrations", """
                {"name": "i", "integration_type": "t", "configs": [{"name": "c", "vendor_specific": {"token": "tok-1"}}]}
                """);
        assertThat(client.withHeader("Idempotency-Key", "once").post("/v1/secrets", once()))
                .hasStatus(201);
    }

    private static String once() {
        return "{\"name\": \"ONCE\", \"value\": \"value-once\"}";
    }

    private static void assertReadable(ApiClient client, int secrets) {
        for (int i = 0; i < secrets; i++) {
            assertThat(client.get("/v1/secrets/S" + i + "/value")).has("/value", "value-" + i);
        }
        // An update opens the credentials that it keeps.
        assertThat(client.patch(
                        "/v1/integrations/i", client.get("/v1/integrations/i").body()))
                .hasStatus(200);
        assertThat(client.withHeader("Idempotency-Key", "once").post("/v1/secrets", once()))
                .hasStatus(201)
                .hasHeader("Idempotency-Replayed", "true");
    }

    private static String finished(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static List<String> keysUsed(TestServer server) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT string_agg(DISTINCT encode(substring(value FROM 2 FOR 8), 'hex'), ','),
                               (SELECT string_agg(id, ',') FROM master_key)
                        FROM secret
                        """)) {
            rows.next();
            return List.of(rows.getString(1), rows.getString(2));
        }
    }

    private static Path file(TestServer server) {
        return Path.of(server.environment().get("KUBIYA_DATA")).resolve("master-key");
    }

    @Test
    void changesTheKeyOfTheInstallation() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            fill(server.client(), 120);
            String before = Files.readString(file(server));
            List<String> usedBefore = keysUsed(server);
            assertThat(usedBefore.getFirst()).isEqualTo(usedBefore.getLast());
            server.stop();

            assertThat(finished(ServerProcess.command(server, "rotate-master-key")))
                    .contains("Every value is under the master key", "124 were under another");

            List<String> usedAfter = keysUsed(server);
            assertThat(usedAfter.getFirst()).isEqualTo(usedAfter.getLast()).isNotEqualTo(usedBefore.getFirst());
            assertThat(Files.readAllLines(file(server))).hasSize(1).isNotEqualTo(List.of(before.trim()));
            server.restart();
            assertReadable(server.client(), 120);
        }
    }

    @Test
    void losesNothingWhenItIsKilledInTheMiddle() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            fill(server.client(), SECRETS);
            server.stop();
            Process rotation;
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                // The command gets as far as this row.
                connection.setAutoCommit(false);
                statement
                        .executeQuery("SELECT 1 FROM secret WHERE name = 'S150' FOR UPDATE")
                        .close();
                rotation = ServerProcess.command(server, "rotate-master-key");
                while (!keysUsed(server).getFirst().contains(",")) {
                    assertThat(rotation.isAlive()).isTrue();
                    Thread.sleep(20);
                }
                rotation.destroyForcibly();
                assertThat(rotation.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Files.readAllLines(file(server))).hasSize(2);
            List<String> used = keysUsed(server);
            assertThat(used.getFirst().split(",")).hasSize(2);

            // A restart goes on.
            server.restart();
            assertReadable(server.client(), SECRETS);
            assertThat(keysUsed(server).getFirst())
                    .doesNotContain(",")
                    .isEqualTo(keysUsed(server).getLast());
            assertThat(Files.readAllLines(file(server))).hasSize(1);
        }
    }

    @Test
    void goesOnWithTheSameNewKeyWhenTheCommandIsRepeated() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            fill(server.client(), 3);
            server.stop();
            // As a crash leaves it that comes right after the new key was written down.
            String old = Files.readString(file(server)).trim();
            Files.writeString(file(server), key(7) + "\n" + old + "\n");

            assertThat(finished(ServerProcess.command(server, "rotate-master-key")))
                    .contains("7 were under another");

            assertThat(Files.readString(file(server)).trim()).isEqualTo(key(7));
            server.restart();
            assertReadable(server.client(), 3);
        }
    }

    @Test
    void changesAKeyThatTheOperatorGivesWhileServersRun() throws Exception {
        try (TestServer server =
                TestServer.builder().withSetting("KUBIYA_MASTER_KEY", key(1)).start()) {
            fill(server.client(), 3);
            // First every server learns to read the new key, then to seal with it.
            server.set("KUBIYA_MASTER_KEY_PREVIOUS", key(2));
            server.restart();
            Map<String, String> secondEnvironment = new HashMap<>(server.environment());
            secondEnvironment.put(
                    "KUBIYA_DATA", server.folder().resolve("data-2").toString());
            secondEnvironment.put("KUBIYA_MASTER_KEY", key(2));
            secondEnvironment.put("KUBIYA_MASTER_KEY_PREVIOUS", key(1));
            try (Server second = new Server(new SettingsReader(secondEnvironment).read(List.of()), Clock.systemUTC())) {
                ApiClient there = server.clientAt(second.port());
                there.create("/v1/secrets", "{\"name\": \"NEW\", \"value\": \"under-the-new-key\"}");
                server.client().create("/v1/secrets", "{\"name\": \"OLD\", \"value\": \"under-the-old-key\"}");
                assertThat(server.client().get("/v1/secrets/NEW/value")).has("/value", "under-the-new-key");
                assertThat(there.get("/v1/secrets/OLD/value")).has("/value", "under-the-old-key");

                server.set("KUBIYA_MASTER_KEY", key(2));
                server.set("KUBIYA_MASTER_KEY_PREVIOUS", key(1));
                server.restart();
                assertThat(finished(ServerProcess.command(server, "rotate-master-key")))
                        .contains("KUBIYA_MASTER_KEY_PREVIOUS is not needed any more");
                assertReadable(server.client(), 3);
                assertReadable(there, 3);
            }
            server.set("KUBIYA_MASTER_KEY_PREVIOUS", null);
            server.restart();
            assertReadable(server.client(), 3);
            assertThat(server.client().get("/v1/secrets/OLD/value")).has("/value", "under-the-old-key");
            assertThat(finished(ServerProcess.command(server, "rotate-master-key")))
                    .contains("0 were under another", "give the new one in KUBIYA_MASTER_KEY");

            server.set("KUBIYA_MASTER_KEY", key(1));
            assertThatThrownBy(server::restart).hasMessageContaining("is another one");
        }
    }

    @Test
    void doesNotStartWithAnotherKeyThanTheDatabaseNeeds() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            fill(server.client(), 3);
            String right = Files.readString(file(server));
            String id = keysUsed(server).getLast();
            server.stop();

            server.set("KUBIYA_MASTER_KEY", key(9));
            assertThatThrownBy(server::restart)
                    .hasMessageContaining("The master key in KUBIYA_MASTER_KEY is another one")
                    .hasMessageContaining(id)
                    .hasMessageContaining("secrets: 4, ")
                    .hasMessageContaining("sets of integrations' credentials: 1")
                    .hasMessageContaining("forget-lost-key")
                    .hasMessageNotContaining(key(9));
            server.set("KUBIYA_MASTER_KEY", null);

            Files.writeString(file(server), key(8));
            assertThatThrownBy(server::restart).hasMessageContaining("master-key is another one");

            Files.delete(file(server));
            assertThatThrownBy(server::restart)
                    .hasMessageContaining("There is no master key")
                    .hasMessageContaining(id);
            assertThat(file(server)).doesNotExist();

            server.set("KUBIYA_MASTER_KEY", "short");
            assertThatThrownBy(server::restart)
                    .hasMessageContaining("KUBIYA_MASTER_KEY must be 32 random bytes")
                    .hasMessageNotContaining("short");

            server.set("KUBIYA_MASTER_KEY", right.trim());
            server.restart();
            assertReadable(server.client(), 3);
        }
    }

    @Test
    void saysSoAtTheCommandLineInASentence() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            server.stop();
            server.set("KUBIYA_MASTER_KEY", key(9));
            Process up = ServerProcess.command(server, "up");
            String said = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(up.waitFor()).isEqualTo(1);
            assertThat(said)
                    .contains("kubiya: The master key in KUBIYA_MASTER_KEY is another one")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void givesUpWhatIsLostAndGoesOn() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            fill(server.client(), 3);
            server.stop();
            Files.delete(file(server));

            assertThat(finished(ServerProcess.command(server, "forget-lost-key")))
                    .contains("Given up: secrets: 4, sets of integrations' credentials: 1");

            server.restart();
            ApiClient client = server.client();
            assertThat(client.get("/v1/secrets").rows()).isEmpty();
            assertThat(client.get("/v1/integrations/i")).has("/name", "i");
            assertThat(client.put(
                            "/v1/integrations/i",
                            client.get("/v1/integrations/i").body()))
                    .hasStatus(400)
                    .hasFieldError("/configs/0/vendor_specific/token", "send the value");
            fill(server.newOrganization(), 1);
            server.restart();
            assertThat(finished(stopped(server, "forget-lost-key"))).contains("Nothing was lost");
        }
    }

    private static Process stopped(TestServer server, String command) {
        server.stop();
        return ServerProcess.command(server, command);
    }

    @Test
    void tellsOperatorsToMoveSecretsOutOfTheEnvironment() throws IOException {
        try (TestServer server = TestServer.builder().start()) {
            server.stop();
            server.set("KUBIYA_SECRET_GH_TOKEN", "tok-in-the-environment");
            Process up = ServerProcess.command(server, "up");
            StringBuilder said = new StringBuilder();
            try (var reader = up.inputReader()) {
                String line = reader.readLine();
                while (line != null && !line.startsWith("kubiya is up")) {
                    said.append(line).append('\n');
                    line = reader.readLine();
                }
            } finally {
                up.destroyForcibly();
            }
            assertThat(said.toString())
                    .contains("KUBIYA_SECRET_GH_TOKEN is not read any more", "POST /v1/secrets", "\"GH_TOKEN\"")
                    .doesNotContain("tok-in-the-environment");
        }
    }
}
