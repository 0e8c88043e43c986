package ai.kubiya.server.project.run;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A project and what is done with it, for tests. */
public record Runs(ApiClient client, String project) {

    /** A project with this code in {@code main.tf}, and variables as a JSON array. */
    public static Runs of(ApiClient client, String name, String code, String variables) {
        ObjectNode body = Json.object().put("name", name);
        body.putObject("files").put("main.tf", code);
        body.set("variables", Json.parse(variables));
        return new Runs(client, client.create("/v1/projects", body.toString()));
    }

    public static Runs of(ApiClient client, String name, String code) {
        return of(client, name, code, "[]");
    }

    public String path() {
        return "/v1/projects/" + project;
    }

    /** Starts something and waits until it rests. */
    public Answer run(String verb, String body) {
        Answer started = client.post(path() + "/" + verb + "?wait=60", body);
        assertThat(started).hasStatus(202);
        return settled(started.id());
    }

    public Answer plan() {
        return run("plan", "{}");
    }

    /** Plans and applies. */
    public Answer apply() {
        return run("apply", "{\"auto_approve\": true}");
    }

    public Answer get(String run) {
        return client.get(path() + "/executions/" + run);
    }

    /** The run, once nothing more happens to it by itself. */
    public Answer settled(String run) {
        while (true) {
            Answer now = get(run);
            assertThat(now).hasStatus(200);
            if (!RunStatus.ofWireName(now.text("/status")).isUnderWay()) {
                return now;
            }
            pause();
        }
    }

    /** Waits until a run stands like this. */
    public void await(String run, RunStatus status) {
        while (!get(run).text("/status").equals(status.wireName())) {
            pause();
        }
    }

    /** Approves, and waits for the end. */
    public Answer approve(String run) {
        assertThat(client.post(path() + "/approve", "{\"execution_id\": \"%s\"}".formatted(run)))
                .hasStatus(200);
        return settled(run);
    }

    /** All that was printed so far. */
    public String log(String run) {
        return client.get(path() + "/executions/" + run + "/logs?limit=500").rows().stream()
                .filter(event -> event.path("type").asText().equals("log"))
                .map(event -> event.path("content").asText())
                .collect(Collectors.joining());
    }

    /** Waits until something was printed. */
    public void awaitLog(String run, String text) {
        while (!log(run).contains(text)) {
            pause();
        }
    }

    public List<String> resources() {
        return client.get(path() + "/resources?limit=500").rows().stream()
                .map(resource -> resource.path("address").asText())
                .toList();
    }

    public static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
