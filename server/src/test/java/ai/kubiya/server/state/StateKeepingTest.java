package ai.kubiya.server.state;

import static ai.kubiya.server.state.States.newProject;
import static ai.kubiya.server.state.States.state;
import static ai.kubiya.server.state.States.write;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.RawConnection;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How states lie in the database: encrypted, in pieces, and not for ever. */
@ServerTest
class StateKeepingTest {
    private static final String CONTENTS = "SELECT count(*) FROM project_state_content";

    private static String contentsOf(String path) {
        return CONTENTS + " WHERE project_id = '" + path.split("/")[3] + "'";
    }

    @Test
    void leavesNothingToReadInTheDatabase(TestServer server, ApiClient client) {
        String path = newProject(client, "encrypted");
        write(client, path, state(1, "plain-to-see"));

        String dump = server.dump();

        assertThat(dump).doesNotContain("plain-to-see").doesNotContain(hex("plain-to-see"));
        // Compressing alone would hide it too: nothing begins as gzip does.
        assertThat(server.stored(
                        "SELECT count(*) FROM project_state_piece WHERE substring(data FROM 1 FOR 2) = '\\x1f8b'"))
                .containsExactly("0");
        assertThat(server.stored("SELECT count(*) > 0 FROM project_state_piece"))
                .containsExactly("t");
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesBackLargeStatesByteForByte(TestServer server, ApiClient client) {
        String path = newProject(client, "pieces");
        String large = States.large(5_000_000);
        write(client, path, large);

        assertThat(
                        server.stored(
                                contentsOf(path)
                                        + " AND 3 < (SELECT count(*) FROM project_state_piece p WHERE p.content_id = project_state_content.id)"))
                .containsExactly("1");
        assertThat(client.get(path + "/raw").body()).isEqualTo(large);
        assertThat(client.get(path.replace("/state", "/resources")).rows()).hasSize(7);

        write(client, path, state(2, "small"));
        assertThat(client.post(path + "/versions/1/restore", "")).hasStatus(201);
        assertThat(client.get(path + "/raw").body()).isEqualTo(large.replace("\"serial\": 1", "\"serial\": 3"));
    }

    @Test
    void noticesPiecesThatWereChangedOrSwapped(TestServer server, ApiClient client) throws SQLException {
        String first = newProject(client, "tampered");
        String later = newProject(client, "tampered-later");
        write(client, first, States.large(4_000_000));
        write(client, later, States.large(4_000_000));
        swap(server, first, 0, 1);
        swap(server, later, 1, 2);

        assertThat(client.get(first + "/raw")).hasStatus(500).hasErrorCode("INTERNAL_ERROR");
        // Half of the answer is on its way: it must not end as if it were whole.
        assertThatThrownBy(() -> client.get(later + "/raw")).isInstanceOf(UncheckedIOException.class);
    }

    private static void swap(TestServer server, String path, int one, int other) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                    UPDATE project_state_piece SET number = 100 + %2$d + %3$d - number
                    WHERE number IN (%2$d, %3$d)
                      AND content_id IN (SELECT id FROM project_state_content WHERE project_id = '%1$s')
                    """.formatted(path.split("/")[3], one, other));
            statement.execute("UPDATE project_state_piece SET number = number - 100 WHERE number >= 100");
        }
    }

    @Test
    void keepsNothingOfWhatItRefuses(TestServer server, ApiClient client) {
        String path = newProject(client, "refused");
        String large = States.large(3_000_000);
        write(client, path, state(5));

        assertThat(client.post(path + "/raw", large)).hasStatus(409);
        assertThat(client.post(path + "/raw", large.substring(0, large.length() - 10)))
                .hasStatus(400);
        assertThat(client.post(path + "/raw?ID=none", large)).hasStatus(409);
        assertThat(client.withHeader("Content-MD5", "x").post(path + "/raw", large))
                .hasStatus(400);

        assertThat(server.stored(contentsOf(path))).containsExactly("1");
    }

    @Test
    void refusesWhatIsTooLarge(TestServer server, ApiClient client) {
        String path = newProject(client, "too-large");

        assertThat(client.post(path + "/raw", States.large(70_000_000)))
                .hasStatus(413)
                .hasErrorCode("PAYLOAD_TOO_LARGE");

        assertThat(server.stored(contentsOf(path))).containsExactly("0");
        assertThat(client.get(path + "/raw")).hasStatus(204);
    }

    @Test
    void forgetsWhatAClientDidNotSendToItsEnd(TestServer server, ApiClient client) throws Exception {
        String path = newProject(client, "broken-off");
        byte[] large = States.large(4_000_000).getBytes(StandardCharsets.UTF_8);
        try (RawConnection connection = new RawConnection(server)) {
            begin(connection, client, path, large);
            awaitCount(server, path, "1");
        }
        awaitCount(server, path, "0");
        assertThat(client.get(path + "/raw")).hasStatus(204);
    }

    private static void begin(RawConnection connection, ApiClient client, String path, byte[] body) throws IOException {
        connection.sendHead("""
                POST %s/raw HTTP/1.1
                Host: x
                Authorization: UserKey %s
                Content-Length: %d
                """.formatted(path, client.key(), body.length));
        connection.send(java.util.Arrays.copyOf(body, body.length - 100_000));
    }

    private static void awaitCount(TestServer server, String path, String count) throws InterruptedException {
        for (int i = 0; i < 1000 && !server.stored(contentsOf(path)).equals(List.of(count)); i++) {
            Thread.sleep(20);
        }
        assertThat(server.stored(contentsOf(path))).containsExactly(count);
    }

    @Test
    void keepsAsManyVersionsAsTheOperatorWants() {
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_STATE_KEEP_VERSIONS", "3")
                .start()) {
            ApiClient client = server.client();
            String path = newProject(client, "newest");
            for (int serial = 1; serial <= 6; serial++) {
                write(client, path, state(serial));
            }

            assertThat(client.get(path + "/versions").column("version")).containsExactly("6", "5", "4");
            assertThat(server.stored("SELECT count(*) FROM project_state_piece"))
                    .containsExactly("3");
            assertThat(client.post(path + "/versions/1/restore", "")).hasStatus(404);
        }
    }

    @Test
    void keepsVersionsAsLongAsTheOperatorWants() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder()
                .withClock(clock)
                .withSetting("KUBIYA_STATE_KEEP_VERSIONS", "2")
                .withSetting("KUBIYA_STATE_KEEP_DAYS", "10")
                .start()) {
            ApiClient client = server.client();
            String path = newProject(client, "aged");
            for (int serial = 1; serial <= 4; serial++) {
                write(client, path, state(serial));
            }
            assertThat(client.get(path + "/versions").rows()).hasSize(4);

            clock.advance(Duration.ofDays(11));
            write(client, path, state(5));

            assertThat(client.get(path + "/versions").column("version")).containsExactly("5", "4");
        }
    }

    @Test
    void keepsEverythingUnlessTheOperatorWantsOtherwise(TestServer server, ApiClient client) {
        String path = newProject(client, "all");
        for (int serial = 1; serial <= 60; serial++) {
            write(client, path, state(serial));
        }

        assertThat(client.get(path + "/versions?limit=500").rows()).hasSize(60);
        assertThat(client.get(path + "/versions").rows()).hasSize(50);
        assertThat(client.get(path + "/versions?offset=50").rows()).hasSize(10);
    }

    @Test
    void removesAtTheNextStartWhatAKilledServerLeft() throws Exception {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            String path = newProject(server.client(), "left-over");
            write(server.client(), path, state(1, "good"));
            server.stop();
            byte[] large = States.large(4_000_000).getBytes(StandardCharsets.UTF_8);
            try (ServerProcess process = ServerProcess.inPlaceOf(server);
                    RawConnection connection = process.connection()) {
                begin(connection, process.client(), path, large);
                awaitCount(server, path, "2");
                process.kill();
            }
            clock.advance(Duration.ofHours(2));

            server.restart();

            assertThat(server.stored(contentsOf(path))).containsExactly("1");
            assertThat(server.client().get(path + "/raw").body()).isEqualTo(state(1, "good"));
        }
    }

    @Test
    void goesWithItsProject(TestServer server, ApiClient client) {
        String path = newProject(client, "gone");
        write(client, path, state(1));
        write(client, path, state(2));

        assertThat(client.delete(path.replace("/state", ""))).hasStatus(200);

        assertThat(client.get(path)).hasStatus(404);
        assertThat(server.stored(contentsOf(path))).containsExactly("0");
    }
}
