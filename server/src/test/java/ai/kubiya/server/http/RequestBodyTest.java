package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.RawConnection;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: broken, hostile, too large, and merely unusual. */
@ServerTest
class RequestBodyTest {

    @Test
    void namesLineAndColumnOfBrokenJson(ApiClient client) {
        assertThat(client.post("/v1/agents", "{\n  \"name\": \"x\",\n  oops\n}"))
                .hasStatus(400)
                .hasErrorCode("INVALID_JSON")
                .saysWhy("line 3", "column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"x\"",
                "{\"name\": 'x'}",
                "{\"name\": \"x\",}",
                "{\"name\": \"x\"} trailing",
                "{\"name\": \"x\"}{}",
                "{\"name\": NaN}",
                "{\"name\": 01}",
                "{\"name\": \"\\x\"}",
                "{\"name\": \"tab\there\"}",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "{name: \"x\"}",
                "/* comment */ {\"name\": \"x\"}",
                "nul",
                "\u0000",
                "<xml/>"
            })
    void refusesWhatIsNotJson(String body, ApiClient client) {
        assertThat(client.post("/v1/agents", body)).hasStatus(400).hasErrorCode("INVALID_JSON");
    }

    @Test
    void namesAKeyThatStandsThereTwice(ApiClient client) {
        assertThat(client.post("/api/v1/agents", "{\"name\": \"a\", \"name\": \"b\"}"))
                .hasStatus(400)
                .hasErrorCode("INVALID_JSON")
                .saysWhy("Duplicate", "name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "5", "null", "true", "[{\"name\": \"x\"}]"})
    void wantsAnObject(String body, ApiClient client) {
        for (String path :
                new String[] {"/v1/agents", "/api/v1/agents", "/v1/sources", "/v1/tools", "/v1/tools/exec"}) {
            assertThat(client.post(path, body))
                    .hasStatus(400)
                    .hasErrorCode("VALIDATION_FAILED")
                    .hasFieldError("/", "must be a JSON object");
        }
    }

    @Test
    void refusesAnUnknownFieldOnTheDocumentedSurfaceAndIgnoresItOnTheOther(ApiClient client) {
        String body = """
                {"name": "deployer", "colour": "blue"}
                """;

        assertThat(client.post("/v1/agents", body)).hasStatus(400).hasFieldError("/colour", "is not a field");
        assertThat(client.post("/v1/teammates", body)).hasStatus(400).hasFieldError("/colour", "is not a field");
        assertThat(client.post("/api/v1/agents", body)).hasStatus(200).doesNotMention("blue");
    }

    @Test
    void takesABodyWhateverItsContentType(ApiClient client) {
        for (String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "application/octet-stream"}) {
            assertThat(client.withHeader("Content-Type", type)
                            .send("POST", "/v1/agents", "{\"name\": \"x\"}".getBytes(StandardCharsets.UTF_8)))
                    .hasStatus(201);
        }
        assertThat(client.send("POST", "/v1/agents", "{\"name\": \"x\"}".getBytes(StandardCharsets.UTF_8)))
                .hasStatus(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // lone continuation byte, overlong slash, half of a sequence, surrogate, beyond Unicode
                "7b226e616d65223a2280227d",
                "7b226e616d65223a22c0af227d",
                "7b226e616d65223a22e282227d",
                "7b226e616d65223a22eda080227d",
                "7b226e616d65223a22f4908080227d",
                // what looks like UTF-32 and is none
                "0000007bffffffff",
                "7b000000ffffffff0000",
                "fffe000000001100"
            })
    void refusesBytesThatAreNoText(String hex, ApiClient client) {
        assertThat(client.send("POST", "/v1/agents", HexFormat.of().parseHex(hex)))
                .hasStatus(400);
    }

    @Test
    void takesOnlyTheEncodingThatJsonMustBeIn(ApiClient client) {
        for (String encoding : new String[] {"UTF-16BE", "UTF-16LE", "UTF-32", "ISO-8859-1"}) {
            byte[] body = "{\"name\": \"Grüße\"}".getBytes(Charset.forName(encoding));
            assertThat(client.send("POST", "/v1/agents", body)).hasStatus(400).hasErrorCode("INVALID_JSON");
        }
    }

    @Test
    void overlooksTheByteOrderMarkThatSomeEditorsWrite(ApiClient client) {
        assertThat(client.post("/v1/agents", "\uFEFF{\"name\": \"Grüße\"}"))
                .hasStatus(201)
                .has("/name", "Grüße");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"a\\u0000b\"}",
                "{\"name\": \"x\", \"description\": \"\\u0000\"}",
                "{\"name\": \"x\", \"tags\": [\"a\\u0000b\"]}",
                "{\"name\": \"x\", \"environment_variables\": {\"A\": \"a\\u0000b\"}}",
                "{\"name\": \"x\", \"environment_variables\": {\"A\\u0000\": \"b\"}}",
                "{\"name\": \"x\", \"starters\": [{\"command\": [{\"deep\": \"a\\u0000b\"}]}]}",
                "{\"name\": \"x\", \"tasks\": [\"a\\u0000b\"]}",
                "{\"name\": \"x\", \"tools\": [\"a\\u0000b\"]}",
                "{\"name\": \"x\", \"sources\": [\"a\\u0000b\"]}",
                "{\"name\": \"x\", \"\\u0000\": \"b\"}"
            })
    void refusesTextWithANulCharacterWhichNoDatabaseTakes(String body, ApiClient client) {
        for (String path : new String[] {"/v1/agents", "/api/v1/agents"}) {
            assertThat(client.post(path, body)).hasStatus(400).mentions("NUL");
        }
        assertThat(client.get("/v1/agents").rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"a\\ud800b\"}",
                "{\"name\": \"x\", \"description\": \"\\udc00\"}",
                "{\"name\": \"x\", \"environment_variables\": {\"A\": \"\\ud83d\"}}",
                "{\"name\": \"x\", \"environment_variables\": {\"\\ud83d\": \"b\"}}",
                "{\"name\": \"x\", \"tasks\": [{\"a\": \"\\ude80\\ud83d\"}]}"
            })
    void refusesHalvesOfCharacters(String body, ApiClient client) {
        assertThat(client.post("/v1/agents", body)).hasStatus(400).mentions("surrogate");
        assertThat(client.get("/v1/agents").rows()).isEmpty();
    }

    @Test
    void keepsCharactersOutsideOfTheBasicPlane(ApiClient client) {
        assertThat(client.post("/v1/agents", "{\"name\": \"\\ud83d\\ude80 🚀\"}"))
                .hasStatus(201)
                .has("/name", "🚀 🚀");
    }

    @Test
    void refusesNestingThatOnlyAnAttackerNeeds(ApiClient client) {
        for (int depth : new int[] {101, 5_000, 200_000}) {
            String body = "{\"name\": \"x\", \"starters\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
            assertThat(client.post("/v1/agents", body)).hasStatus(400).hasErrorCode("INVALID_JSON");
        }
    }

    @Test
    void refusesNumbersThatCannotBeKept(ApiClient client) {
        for (String number : new String[] {"9".repeat(2000), "1" + "0".repeat(1500) + ".5"}) {
            assertThat(client.post("/v1/tools/exec", execWith(number)))
                    .hasStatus(400)
                    .hasErrorCode("INVALID_JSON");
        }
        for (String number : new String[] {"1e999", "-1e400", "1e2147483647"}) {
            assertThat(client.post("/v1/agents", agentWith(number))).hasStatus(400);
        }
    }

    private static String execWith(String number) {
        return "{\"tool_name\": \"x\", \"timeout\": " + number + "}";
    }

    private static String agentWith(String number) {
        return "{\"name\": \"x\", \"starters\": [{\"number\": " + number + "}]}";
    }

    @Test
    void keepsNumbersAsTheyWereSent(ApiClient client) {
        Answer answer = client.post("/v1/agents", """
                {"name": "x", "starters": [{"a": 9007199254740993, "b": 123456789012345678901234567890, "c": 0.1, "d": -0}]}
                """);

        assertThat(answer).hasStatus(201).mentions("9007199254740993").mentions("123456789012345678901234567890");
        assertThat(client.get("/v1/agents/" + answer.id()))
                .mentions("9007199254740993")
                .mentions("123456789012345678901234567890")
                .mentions("0.1");
    }

    @Test
    void refusesABodyThatIsTooLargeByItsDeclaredLength(TestServer server, ApiClient client) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendHead(
                    "POST /v1/agents HTTP/1.1\nHost: x\nContent-Length: 999999999999\nAuthorization: UserKey "
                            + client.key());

            assertThat(connection.read())
                    .hasStatus(413)
                    .hasErrorCode("PAYLOAD_TOO_LARGE")
                    .saysWhy("4194304");
        }
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge(ApiClient client) {
        String large = "{\"name\": \"" + "x".repeat(4 << 20) + "\"}";

        // Several times: an answer that is lost with the connection is not lost every time.
        for (int i = 0; i < 5; i++) {
            assertThat(client.post("/v1/agents", large)).hasStatus(413).hasErrorCode("PAYLOAD_TOO_LARGE");
        }
        assertThat(client.get("/v1/agents")).hasStatus(200);
    }

    @Test
    void refusesAChunkedBodyThatTurnsOutTooLarge(TestServer server, ApiClient client) throws IOException {
        byte[] megabyte = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendHead("POST /v1/agents HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nAuthorization: UserKey "
                    + client.key());
            for (int i = 0; i < 5; i++) {
                connection.send(megabyte);
            }
            connection.send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(connection.read()).hasStatus(413).hasErrorCode("PAYLOAD_TOO_LARGE");
        }
    }

    @Test
    void tellsAClientThatAsksFirstBeforeItSends(TestServer server, ApiClient client) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendHead("POST /v1/agents HTTP/1.1\nHost: x\nContent-Length: 5000000\nExpect: 100-continue\n"
                    + "Authorization: UserKey " + client.key());

            assertThat(connection.read()).hasStatus(413);
        }
    }

    @Test
    void survivesABodyThatIsCutOff(TestServer server, ApiClient client) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendHead(
                    "POST /v1/agents HTTP/1.1\nHost: x\nContent-Length: 500\nAuthorization: UserKey " + client.key());
            connection.send("{\"name\": ".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(client.get("/v1/agents").rows()).isEmpty();
    }
}
