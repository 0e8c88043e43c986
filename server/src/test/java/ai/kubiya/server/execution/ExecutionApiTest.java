package ai.kubiya.server.execution;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions: started, listed, followed, resumed and cancelled. */
@ServerTest
class ExecutionApiTest {

    private static String tool(ApiClient client, String content) {
        return client.create("/v1/tools", """
                {"name": "tool", "description": "d", "type": "script", "content": "%s",
                 "args": [{"name": "a", "description": "a", "required": false}]}
                """.formatted(content));
    }

    private static String start(ApiClient client, String content) {
        tool(client, content);
        Answer started = client.post("/v1/tools/tool/executions", "");
        assertThat(started).hasStatus(202);
        return started.id();
    }

    private static List<Event> follow(ApiClient client, String execution) {
        try (EventReader reader = client.stream("/v1/executions/" + execution + "/logs?follow=true")) {
            return reader.rest();
        }
    }

    private static String finished(ApiClient client, String content) {
        String execution = start(client, content);
        follow(client, execution);
        return execution;
    }

    @Test
    void answersAtOnceAndRunsMeanwhile(ApiClient client) {
        tool(client, "echo got $a");

        Answer started = client.post("/v1/tools/tool/executions", "{\"args\": {\"a\": \"it\"}, \"timeout\": 30}");

        assertThat(started)
                .hasStatus(202)
                .hasHeader("Location", "/v1/executions/" + started.id())
                .has("/kind", "tool")
                .has("/subject", "tool")
                .has("/runner", "local")
                .has("/arguments/a", "it")
                .hasNull("/exit_code");
        List<Event> events = follow(client, started.id());
        assertThat(events.toString()).contains("got it");
        assertThat(client.get("/v1/executions/" + started.id()))
                .has("/status", "completed")
                .has("/exit_code", 0)
                .has("/attempt", 1)
                .hasNull("/error_code");
        assertThat(client.get("/api/v1/executions/" + started.id())).has("/status", "completed");
    }

    @Test
    void namesEachEventOfAFollowedLog(ApiClient client) {
        List<Event> events = follow(client, start(client, "echo one; echo two >&2"));

        assertThat(events.getFirst().name()).isEqualTo("status");
        assertThat(events.getLast().name()).isEqualTo("result");
        assertThat(events.getLast().field("status")).isEqualTo("completed");
        assertThat(events).allMatch(event -> event.type().equals(event.name()));
        assertThat(events.stream().map(event -> Long.parseLong(event.id())))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
    }

    @Test
    void goesOnWhereADroppedConnectionStopped(ApiClient client) {
        String execution = start(client, "for i in $(seq 1 40); do echo line-$i; sleep 0.02; done");
        List<Event> seen = new ArrayList<>();
        String path = "/v1/executions/" + execution + "/logs?follow=true";
        String last = "0";
        boolean over = false;
        while (!over) {
            try (EventReader reader = client.streamAfter(last, path)) {
                for (int i = 0; i < 3 && !over; i++) {
                    Event event = reader.next().orElseThrow();
                    seen.add(event);
                    last = event.id();
                    over = event.name().equals("result");
                }
            }
        }

        assertThat(seen.stream().map(event -> Long.parseLong(event.id())))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, seen.size()).boxed().toList());
        StringBuilder text = new StringBuilder();
        seen.forEach(event -> text.append(event.field("content")));
        StringBuilder wanted = new StringBuilder();
        LongStream.rangeClosed(1, 40)
                .forEach(i -> wanted.append("line-").append(i).append('\n'));
        assertThat(text.toString()).isEqualTo(wanted.toString());
        assertThat(follow(client, execution)).isEqualTo(seen);
    }

    @Test
    void endsAtOnceForAReaderThatHasEverything(ApiClient client) {
        String execution = finished(client, "echo hi");
        String last = client.get("/v1/executions/" + execution).text("/last_event_id");

        for (String id : List.of(last, "999999999")) {
            try (EventReader reader = client.streamAfter(id, "/v1/executions/" + execution + "/logs?follow=true")) {
                assertThat(reader.rest()).isEmpty();
            }
        }
        assertThat(client.get("/v1/executions/" + execution + "/logs?follow=true&last_event_id=" + last)
                        .body())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "99999999999999999999"})
    void refusesTheIdOfNoEvent(String id, ApiClient client) {
        String execution = finished(client, "echo hi");

        assertThat(client.withHeader("Last-Event-ID", id).get("/v1/executions/" + execution + "/logs?follow=true"))
                .hasStatus(400)
                .hasFieldError("Last-Event-ID", "must be the id of an event");
    }

    @Test
    void answersAHeadOfAStreamAtOnce(ApiClient client) {
        String execution = start(client, "sleep 30");

        assertThat(client.head("/v1/executions/" + execution + "/logs?follow=true"))
                .hasStatus(200)
                .hasHeader("Content-Type", "text/event-stream");
        assertThat(client.get("/v1/executions/" + execution).text("/status")).isNotEqualTo("completed");
        client.post("/v1/executions/" + execution + "/cancel", "");
    }

    @Test
    void showsALogInPages(ApiClient client) {
        String execution = finished(client, "echo one");
        Answer all = client.get("/v1/executions/" + execution + "/logs");

        assertThat(all).hasStatus(200).has("/data/0/seq", 1).has("/data/0/type", "status");
        int total = all.rows().size();
        assertThat(all).has("/pagination/total", total);
        assertThat(client.get("/v1/executions/" + execution + "/logs?limit=1&offset=1")
                        .column("seq"))
                .containsExactly("2");
        assertThat(client.get("/api/v1/executions/" + execution + "/logs").rows())
                .hasSize(total);
        assertThat(client.get("/v1/executions/" + execution + "/logs?follow=perhaps"))
                .hasStatus(400)
                .hasFieldError("follow", "true or false");
    }

    @Test
    void listsTheLatestFirstAndByWhatItIs(ApiClient client) {
        tool(client, "echo hi");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(client.post("/v1/tools/tool/executions", "").id());
        }
        ids.forEach(id -> follow(client, id));

        assertThat(client.get("/v1/executions").column("id")).isEqualTo(ids.reversed());
        assertThat(client.get("/v1/executions?limit=1&offset=1").column("id")).containsExactly(ids.get(1));
        assertThat(client.get("/api/v1/executions?limit=2&page=2").column("id")).containsExactly(ids.get(0));
        assertThat(client.get("/v1/executions?status=completed&kind=tool&tool=tool")
                        .rows())
                .hasSize(3);
        assertThat(client.get("/v1/executions?status=failed").rows()).isEmpty();
        assertThat(client.get("/v1/executions?tool=other").rows()).isEmpty();
        assertThat(client.get("/v1/executions?status=nonsense")).hasStatus(400).hasFieldError("status", "nonsense");
        assertThat(client.get("/v1/executions?kind=nonsense")).hasStatus(400).hasFieldError("kind", "nonsense");
    }

    @Test
    void cancelsWhatRuns(ApiClient client) {
        String execution = start(client, "echo begun; sleep 60; echo never");
        try (EventReader reader = client.stream("/v1/executions/" + execution + "/logs?follow=true")) {
            reader.until(event -> event.name().equals("log"));

            assertThat(client.post("/v1/executions/" + execution + "/cancel", ""))
                    .hasStatus(200)
                    .has("/cancelled_by", "someone@" + client.organizationName());

            Event result = reader.until(event -> event.name().equals("result"));
            assertThat(result.field("status")).isEqualTo("cancelled");
            assertThat(reader.rest()).isEmpty();
        }
        assertThat(client.get("/v1/executions/" + execution)).has("/status", "cancelled");
        assertThat(client.get("/v1/executions/" + execution + "/logs")).doesNotMention("never");
    }

    @Test
    void leavesWhatIsOverAsItIs(ApiClient client) {
        String execution = finished(client, "echo hi");
        Answer before = client.get("/v1/executions/" + execution);

        assertThat(client.post("/v1/executions/" + execution + "/cancel", ""))
                .hasStatus(200)
                .has("", before.json());
        assertThat(client.post("/v1/executions/" + UUID.randomUUID() + "/cancel", ""))
                .hasStatus(404);
    }

    @Test
    void cancelsWhatStillWaits() {
        try (TestServer server =
                TestServer.builder().withSetting("KUBIYA_CONCURRENCY", "1").start()) {
            ApiClient client = server.client();
            tool(client, "sleep 60");
            String running = client.post("/v1/tools/tool/executions", "").id();
            try (EventReader reader = client.stream("/v1/executions/" + running + "/logs?follow=true")) {
                reader.next();
            }
            String waiting = client.post("/v1/tools/tool/executions", "").id();

            assertThat(client.get("/v1/executions/" + waiting)).has("/status", "queued");
            assertThat(client.post("/v1/executions/" + waiting + "/cancel", ""))
                    .hasStatus(200)
                    .has("/status", "cancelled")
                    .has("/attempt", 0);
            assertThat(follow(client, waiting)).hasSize(1);
            assertThat(client.post("/v1/executions/" + running + "/cancel", "")).hasStatus(200);
            assertThat(follow(client, running).getLast().field("status")).isEqualTo("cancelled");
        }
    }

    @Test
    void refusesToStartWhatExecRefuses(ApiClient client) {
        tool(client, "echo hi");

        assertThat(client.post("/v1/tools/tool/executions", "{\"args\": {\"b\": 1}}"))
                .hasStatus(400);
        assertThat(client.post("/v1/tools/no-such/executions", "")).hasStatus(404);
        assertThat(client.post("/v1/tools/tool/executions?runner=mars", "")).hasStatus(400);
        assertThat(client.get("/v1/executions").rows()).isEmpty();
    }
}
