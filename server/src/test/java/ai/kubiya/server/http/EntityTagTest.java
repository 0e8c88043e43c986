package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags of resources: what changed since a client looked, and changes that must not undo another's. */
@ServerTest
class EntityTagTest {
    private static final String AGENT = "/v1/agents; {\"name\": \"a\"}; {\"description\": \"changed\"}";
    private static final String TOOL = "/v1/tools; {\"name\": \"t\", \"description\": \"d\", \"type\": \"script\","
            + " \"content\": \"echo\"}; {\"description\": \"changed\"}";
    private static final String SOURCE = "/v1/sources; {\"name\": \"s\", \"inline_tools\": [{\"name\": \"x\","
            + " \"description\": \"d\", \"type\": \"script\", \"content\": \"echo\"}]}; {\"name\": \"changed\"}";

    private static String tag(Answer answer) {
        return answer.header("ETag").orElseThrow(() -> new AssertionError("no ETag: " + answer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {AGENT, TOOL, SOURCE})
    void staysUntilTheResourceChanges(String path, String body, String change, ApiClient client) {
        Answer created = client.post(path, body);
        String one = path + "/" + created.id();
        assertThat(tag(client.get(one))).isEqualTo(tag(created)).isEqualTo(tag(client.get("/api" + one)));

        Answer changed = client.patch(one, change);
        assertThat(changed).hasStatus(200);
        assertThat(tag(changed)).isNotEqualTo(tag(created)).isEqualTo(tag(client.get(one)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {AGENT, TOOL, SOURCE})
    void sparesTheBodyOfWhatIsKnown(String path, String body, String change, ApiClient client) {
        Answer created = client.post(path, body);
        String one = path + "/" + created.id();

        Answer known =
                client.withHeader("If-None-Match", "\"other\", " + tag(created)).get(one);
        assertThat(known).hasStatus(304).hasHeader("ETag", tag(created));
        assertThat(known.body()).isEmpty();

        client.patch(one, change);
        assertThat(client.withHeader("If-None-Match", tag(created)).get(one)).hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {AGENT, TOOL, SOURCE})
    void refusesChangesOfWhatWasChangedSince(String path, String body, String change, ApiClient client) {
        Answer created = client.post(path, body);
        String one = path + "/" + created.id();
        ApiClient knowing = client.withHeader("If-Match", tag(created));

        assertThat(knowing.patch(one, change)).hasStatus(200);
        for (Answer late : List.of(knowing.patch(one, change), knowing.put(one, change), knowing.delete(one))) {
            assertThat(late)
                    .hasStatus(412)
                    .hasErrorCode("PRECONDITION_FAILED")
                    .saysWhy(tag(created), tag(client.get(one)));
        }
        assertThat(client.withHeader("If-Match", "*").patch(one, change)).hasStatus(200);
        assertThat(client.withHeader("If-Match", tag(client.get(one))).delete(one))
                .hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {AGENT, TOOL, SOURCE})
    void letsExactlyOneOfManyWin(String path, String body, String change, ApiClient client) throws Exception {
        Answer created = client.post(path, body);
        String one = path + "/" + created.id();
        ApiClient knowing = client.withHeader("If-Match", tag(created));

        List<Future<Answer>> answers;
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Answer>> changes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                changes.add(() -> knowing.patch(one, change));
            }
            answers = threads.invokeAll(changes);
        }
        int won = 0;
        for (Future<Answer> answer : answers) {
            assertThat(answer.get()).hasStatusAmong(200, 409, 412);
            won += answer.get().status() == 200 ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
    }
}
