package ai.kubiya.server.audit;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The trail while it grows. */
@ServerTest
class AuditStreamTest {

    private static void agent(ApiClient client, String name) {
        client.create("/v1/agents", "{\"name\": \"%s\"}".formatted(name));
    }

    private static EventReader.Event named(EventReader reader, String name) {
        return reader.until(event -> event.field("resource_text").equals(name));
    }

    /** The stream's first line, which comes when nothing is missed any more. */
    private static void begin(EventReader reader) {
        assertThat(reader.line()).isPresent();
    }

    @Test
    void showsItemsAsTheyAreWrittenAndNothingOfOthers(TestServer server) {
        ApiClient owner = server.newOrganization();
        ApiClient stranger = server.newOrganization();
        agent(owner, "before");
        try (EventReader reader = owner.stream("/v1/audit/stream?resource_type=agent")) {
            assertThat(reader.header("Content-Type").orElseThrow()).startsWith("text/event-stream");
            begin(reader);
            agent(stranger, "of-a-stranger");
            agent(owner, "first");
            agent(owner, "second");

            EventReader.Event first = reader.next().orElseThrow();
            assertThat(first.name()).isEqualTo("audit");
            assertThat(first.field("resource_text")).isEqualTo("first");
            assertThat(reader.next().orElseThrow().field("resource_text")).isEqualTo("second");
        }
    }

    @Test
    void goesOnWhereAReaderStopped(TestServer server) {
        ApiClient client = server.newOrganization();
        String last;
        try (EventReader reader = client.stream("/v1/audit/stream")) {
            begin(reader);
            agent(client, "one");
            last = named(reader, "one").id();
        }
        agent(client, "two");
        agent(client, "three");
        try (EventReader reader = client.streamAfter(last, "/v1/audit/stream")) {
            assertThat(reader.next().orElseThrow().field("resource_text")).isEqualTo("two");
            assertThat(reader.next().orElseThrow().field("resource_text")).isEqualTo("three");
        }
        try (EventReader reader = client.stream("/v1/audit/stream?last_event_id=" + last)) {
            assertThat(reader.next().orElseThrow().field("resource_text")).isEqualTo("two");
        }
    }

    @Test
    void beginsWhereItIsToldTo(TestServer server) {
        ApiClient client = server.newOrganization();
        agent(client, "old");
        agent(client, "newer");
        String from = client.get("/v1/audit?resource=newer").text("/data/0/timestamp");
        try (EventReader reader = client.stream("/v1/audit/stream?from=" + from + "&resource_type=agent")) {
            assertThat(reader.next().orElseThrow().field("resource_text")).isEqualTo("newer");
        }
    }

    @Test
    void refusesAPlaceThatIsNone(ApiClient client) {
        assertThat(client.withHeader("Last-Event-ID", "x").begin("GET", "/v1/audit/stream", new byte[0]))
                .hasStatus(400)
                .hasFieldError("Last-Event-ID", "must be the id");
    }

    @Test
    void missesNothingThatManyWriteAtOnce(TestServer server) throws InterruptedException {
        ApiClient client = server.newOrganization();
        List<String> seen = new ArrayList<>();
        try (TestServer other = server.replica();
                EventReader reader = client.stream("/v1/audit/stream?resource_type=agent&action=create")) {
            begin(reader);
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 6; writer++) {
                ApiClient there = writer % 2 == 0 ? client : other.withKey(client.key());
                int number = writer;
                writers.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 10; i++) {
                        agent(there, "agent-%d-%d".formatted(number, i));
                    }
                }));
            }
            for (int i = 0; i < 60; i++) {
                seen.add(reader.next().orElseThrow().field("resource_text"));
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60)
                        .mapToObj(i -> "agent-%d-%d".formatted(i / 10, i % 10))
                        .toList());
    }

    @Test
    void givesExistingClientsLinesOfJson(TestServer server) {
        ApiClient client = server.newOrganization();
        try (EventReader reader = client.stream("/api/v1/auditing/items/stream")) {
            begin(reader);
            agent(client, "in-a-line");
            String line = reader.line().orElseThrow();
            while (line.isEmpty()) {
                line = reader.line().orElseThrow();
            }
            assertThat(line).startsWith("{").contains("\"resource_text\":\"in-a-line\"");
        }
        try (EventReader reader = client.stream("/api/v1/auditing/stream")) {
            begin(reader);
            agent(client, "in-an-event");
            assertThat(named(reader, "in-an-event").name()).isEmpty();
        }
    }
}
