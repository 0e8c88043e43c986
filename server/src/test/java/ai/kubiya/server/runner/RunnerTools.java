package ai.kubiya.server.runner;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tools for the tests of runners, and what is seen of their runs. */
final class RunnerTools {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunnerTools() {}

    static void tool(ApiClient client, String name, String content) {
        client.create(
                "/v1/tools",
                JSON.createObjectNode()
                        .put("name", name)
                        .put("description", "d")
                        .put("type", "script")
                        .put("content", content)
                        .toString());
    }

    /** Prints numbered lines, with a pause in seconds after each. */
    static void counting(ApiClient client, String name, int lines, String pause) {
        tool(
                client,
                name,
                "i=1; while [ $i -le " + lines + " ]; do echo line $i; i=$((i+1)); sleep " + pause + "; done");
    }

    static String counted(int lines) {
        return IntStream.rangeClosed(1, lines)
                .mapToObj(line -> "line " + line + "\n")
                .collect(Collectors.joining());
    }

    /** Starts a run and answers its id. */
    static String start(ApiClient client, String tool, String runner) {
        Answer started = client.post("/v1/tools/" + tool + "/executions?runner=" + runner, "{}");
        assertThat(started).hasStatus(202);
        return started.id();
    }

    static EventReader follow(ApiClient client, String execution) {
        return client.stream("/v1/executions/" + execution + "/logs?follow=true");
    }

    /** Reads a run to its end. */
    static List<Event> events(ApiClient client, String execution) {
        try (EventReader reader = follow(client, execution)) {
            return reader.rest();
        }
    }

    /** Waits until a run has printed something. */
    static void awaitOutput(ApiClient client, String execution) {
        try (EventReader reader = follow(client, execution)) {
            reader.until(event -> event.name().equals("log"));
        }
    }

    static String output(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("log"))
                .map(event -> event.field("content"))
                .collect(Collectors.joining());
    }

    static List<String> warnings(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("warning"))
                .map(event -> event.field("code"))
                .toList();
    }
}
