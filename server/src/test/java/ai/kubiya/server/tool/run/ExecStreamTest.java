package ai.kubiya.server.tool.run;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ServerTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tools/exec}: runs a tool in the sandbox and streams what it prints to its end. */
@ServerTest(settings = {"KUBIYA_TOOL_OUTPUT_MB=1", "KUBIYA_TOOL_MEMORY_MB=256"})
class ExecStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a shell script that is not saved. */
    private static List<Event> run(ApiClient client, String script) {
        return run(client, script, "\"unused\": 0");
    }

    private static List<Event> run(ApiClient client, String script, String more) {
        String body = """
                {"tool_def": {"name": "t", "type": "script", "content": %s, %s}}
                """.formatted(JSON.valueToTree(script), more);
        try (EventReader reader = client.stream("POST", "/api/v1/tools/exec", body)) {
            assertThat(reader.status()).isEqualTo(200);
            return reader.rest();
        }
    }

    private static JsonNode result(List<Event> events) {
        return events.stream()
                .filter(event -> !event.data().equals("[DONE]"))
                .filter(event -> event.type().equals("result"))
                .findFirst()
                .orElseThrow()
                .json();
    }

    private static String output(List<Event> events, String stream) {
        return events.stream()
                .filter(event -> !event.data().equals("[DONE]"))
                .map(Event::json)
                .filter(json -> json.path("type").asText().equals("tool-output"))
                .filter(json -> json.path("stream").asText().equals(stream))
                .map(json -> json.path("content").asText())
                .collect(Collectors.joining());
    }

    private static void saveEcho(ApiClient client) {
        client.create("/v1/tools", """
                {"name": "greet", "description": "Greets", "type": "script",
                 "content": "echo \\"Hello $name, $times times, ${loud:-quiet}\\"",
                 "args": [{"name": "name", "description": "who", "required": true},
                          {"name": "times", "type": "int", "description": "how often", "default": "1"},
                          {"name": "loud", "type": "bool", "description": "shout", "required": false}]}
                """);
    }

    @Test
    void runsWhatComesBeforeItsContent(ApiClient client) {
        String before = """
                "on_build": "A=1; cd /; echo build; exit 0", "on_start": "echo start ${A:-none}"
                """;

        List<Event> events = run(client, "echo content", before);
        List<Event> failed =
                run(client, "echo content", "\"on_build\": \"echo oh; exit 3\", \"on_start\": \"echo start\"");

        assertThat(output(events, "stdout")).isEqualTo("build\nstart none\ncontent\n");
        assertThat(output(failed, "stdout")).isEqualTo("oh\n");
        assertThat(result(failed).path("exit_code").asInt()).isEqualTo(3);
    }

    @Test
    void streamsLinesOfDataUntilDone(ApiClient client) {
        saveEcho(client);
        try (EventReader reader = client.stream("POST", "/api/v1/tools/exec?runner=auto", """
                {"tool_name": "greet", "args": {"name": "Ada"}}
                """)) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).contains("text/event-stream");
            assertThat(reader.header("Cache-Control").orElseThrow()).contains("no-cache");
            String execution = reader.header("X-Execution-Id").orElseThrow();
            List<String> lines = reader.lines();

            assertThat(lines).allMatch(line -> line.isEmpty() || line.matches("data: .+|id: \\d+|: heartbeat"));
            assertThat(lines.stream().filter(line -> line.startsWith("data: ")).toList())
                    .last()
                    .isEqualTo("data: [DONE]");
            assertThat(client.get("/v1/executions/" + execution)).has("/status", "completed");
        }
    }

    @Test
    void tellsOfTheStartTheOutputAndTheResult(ApiClient client) {
        saveEcho(client);
        try (EventReader reader = client.stream("POST", "/v1/tools/exec", """
                {"tool_name": "greet", "args": {"name": "Ada", "times": 3, "loud": true}}
                """)) {
            List<Event> events = reader.rest();

            assertThat(events.getFirst().type()).isEqualTo("status");
            assertThat(events.getFirst().field("status")).isEqualTo("running");
            assertThat(output(events, "stdout")).isEqualTo("Hello Ada, 3 times, true\n");
            JsonNode result = result(events);
            assertThat(result.path("status").asText()).isEqualTo("completed");
            assertThat(result.path("exit_code").asInt(-1)).isZero();
            assertThat(result.path("result").asText()).isEqualTo("Hello Ada, 3 times, true\n");
            assertThat(result.path("duration_ms").isNumber()).isTrue();
            assertThat(events.getLast().data()).isEqualTo("[DONE]");
            assertThat(events.stream().filter(event -> !event.id().isEmpty()).map(event -> Long.parseLong(event.id())))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tool_name\": \"greet\", \"args\": {\"name\": \"Ada\"}}",
                "{\"tool_name\": \"greet\", \"arguments\": {\"name\": \"Ada\"}}",
                "{\"tool_name\": \"greet\", \"parameters\": {\"name\": \"Ada\"}}",
                "{\"tool_name\": \"greet\", \"args\": {\"name\": \"Ada\", \"times\": \"1\"}, \"integrations\": []}"
            })
    void takesTheSpellingsOfExistingClients(String body, ApiClient client) {
        saveEcho(client);
        for (String path : List.of("/v1/tools/exec", "/api/v1/tools/exec?runner=kubiya-hosted")) {
            try (EventReader reader = client.stream("POST", path, body)) {
                assertThat(output(reader.rest(), "stdout")).isEqualTo("Hello Ada, 1 times, quiet\n");
            }
        }
    }

    @Test
    void speaksTheDataStreamProtocolWhenAsked(ApiClient client) {
        ApiClient vercel = client.withHeader("x-vercel-ai-data-stream", "v1");
        try (EventReader reader = vercel.stream("POST", "/v1/tools/exec", """
                {"tool_def": {"name": "t", "type": "script", "content": "echo hi"}}
                """)) {
            assertThat(reader.header("x-vercel-ai-data-stream")).contains("v1");
            List<String> lines = reader.lines();
            assertThat(lines).allMatch(line -> line.startsWith("2:[") || line.startsWith("d:{"));
            assertThat(lines.getLast()).startsWith("d:{").contains("\"finishReason\":\"stop\"");
            assertThat(lines).anyMatch(line -> line.contains("\"content\":\"hi\\n\""));
        }
        try (EventReader reader = vercel.stream("POST", "/v1/tools/exec", """
                {"timeout": 1, "tool_def": {"name": "t", "type": "script", "content": "sleep 60"}}
                """)) {
            List<String> lines = reader.lines();
            assertThat(lines).anyMatch(line -> line.startsWith("3:\""));
            assertThat(lines.getLast()).contains("\"finishReason\":\"error\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | /tool_name | is required",
                "{\"tool_name\": \"greet\"} | 400 | /args/name | ",
                "{\"tool_name\": \"greet\", \"args\": {\"name\": \"x\", \"nane\": 1}} | 400 | /args/nane | ",
                "{\"tool_name\": \"greet\", \"args\": {\"name\": \"x\", \"times\": \"many\"}} | 400 | /args/times | ",
                "{\"tool_name\": \"greet\", \"args\": []} | 400 | /args | ",
                "{\"tool_name\": \"greet\", \"args\": {\"name\": \"x\"}, \"timeout\": 0} | 400 | /timeout | whole number",
                "{\"tool_name\": \"greet\", \"args\": {\"name\": \"x\"}, \"source_uuid\": \"x\"} | 400 | /source_uuid | uuid",
                "{\"tool_name\": \"greet\", \"args\": {\"name\": \"x\"}, \"runner\": \"mars\"} | 400 | runner | mars",
                "{\"tool_name\": \"greet\", \"colour\": 1} | 400 | /colour | is not a field",
                "{\"tool_def\": \"text\"} | 400 | /tool_def | must be an object",
                "{\"tool_def\": {\"name\": \"x\", \"type\": \"cobol\", \"content\": \"x\"}} | 400 | /tool_def/type | cobol",
                "{\"tool_def\": {\"name\": \"x\", \"content\": \"x\", \"secrets\": [\"NO_SUCH\"]}} | 400 | tool_name | needs the secret \"NO_SUCH\""
            })
    void answersPlainJsonWhenARunCannotStart(String body, int status, String field, String words, ApiClient client) {
        saveEcho(client);

        Answer answer = client.post("/v1/tools/exec", body);

        assertThat(answer)
                .hasStatus(status)
                .hasErrorCode("VALIDATION_FAILED")
                .hasHeader("Content-Type", "application/json");
        assertThat(answer).hasFieldError(field, words == null ? "" : words);
        assertThat(client.get("/v1/executions")).has("/pagination/total", 0);
    }

    @Test
    void knowsNoToolThatNobodyMade(ApiClient client) {
        assertThat(client.post("/api/v1/tools/exec", "{\"tool_name\": \"no-such-tool\"}"))
                .hasStatus(404)
                .hasErrorCode("NOT_FOUND")
                .saysWhy("no-such-tool");
        assertThat(client.post("/api/v1/tools/exec?runner=mars", "{\"tool_def\": {\"content\": \"x\"}}"))
                .hasStatus(400)
                .hasFieldError("runner", "mars");
    }

    @Test
    void reportsAnExitCodeAndWhatWentToStandardError(ApiClient client) {
        List<Event> events = run(client, "echo out; echo err >&2; exit 7");

        assertThat(output(events, "stdout")).isEqualTo("out\n");
        assertThat(output(events, "stderr")).isEqualTo("err\n");
        assertThat(result(events).path("status").asText()).isEqualTo("failed");
        assertThat(result(events).path("exit_code").asInt()).isEqualTo(7);
        assertThat(result(events).path("error_code").asText()).isEqualTo("tool_failed");
    }

    @Test
    void masksSecretsWhereverTheyArePrinted(ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"API_TOKEN\", \"value\": \"tok-3n7-unguessable\"}");
        client.create("/v1/secrets", "{\"name\": \"MULTI\", \"value\": \"line-one-secret\\nline-two-secret\"}");
        List<Event> events = run(
                client,
                "echo \"token $API_TOKEN\"; printf 'tok-3n7-'; sleep 0.3; echo unguessable; echo \"$MULTI\" >&2;"
                        + " echo -n \"$API_TOKEN\" | base64",
                "\"secrets\": [\"API_TOKEN\", \"MULTI\"]");

        assertThat(events.toString())
                .doesNotContain("unguessable", "line-one-secret", "line-two-secret", "dG9rLTNuNy11bmd1ZXNzYWJsZQ");
        assertThat(output(events, "stdout")).startsWith("token ");
        assertThat(result(events).path("status").asText()).isEqualTo("completed");
        String execution = result(events).path("execution_id").asText();
        assertThat(client.get("/v1/executions/" + execution)).doesNotMention("unguessable");
        assertThat(client.get("/v1/executions/" + execution + "/logs")).doesNotMention("unguessable");
    }

    @Test
    void givesAToolOnlyTheSecretsItNames(ApiClient client) {
        client.create("/v1/secrets", "{\"name\": \"API_TOKEN\", \"value\": \"tok-3n7-unguessable\"}");
        assertThat(output(run(client, "echo \"[$API_TOKEN]\"; env"), "stdout"))
                .startsWith("[]\n")
                .doesNotContain("unguessable", "KUBIYA_MASTER_KEY", "KUBIYA_DATABASE_URL");
    }

    @Test
    void stopsARunThatTakesTooLong(ApiClient client) {
        try (EventReader reader = client.stream("POST", "/v1/tools/exec", """
                {"timeout": 1, "tool_def": {"name": "t", "type": "script", "content": "echo begun; sleep 60"}}
                """)) {
            List<Event> events = reader.rest();
            assertThat(output(events, "stdout")).isEqualTo("begun\n");
            assertThat(result(events).path("error_code").asText()).isEqualTo("timed_out");
            assertThat(result(events).path("message").asText()).isNotEmpty();
            assertThat(events.stream().map(Event::data)).anyMatch(data -> data.contains("\"type\":\"error\""));
        }
    }

    @Test
    void countsOutputBeyondTheLimitInsteadOfKeepingIt(ApiClient client) {
        List<Event> events =
                run(client, "yes 0123456789012345678901234567890123456789 | head -c 3000000; echo; echo end");

        assertThat(output(events, "stdout").length()).isLessThanOrEqualTo(1 << 20);
        assertThat(result(events).path("status").asText()).isEqualTo("completed");
        assertThat(result(events).path("dropped_bytes").asLong()).isGreaterThan(1_900_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch /tmp/pwned; echo PWNED)",
                "`echo PWNED`",
                "'; echo PWNED; '",
                "\"; echo PWNED; \"",
                "x\necho PWNED\n",
                "&& echo PWNED",
                "${HOME}",
                "{{.other}}",
                "\\\"; echo PWNED #",
                "-n",
                "Ünïcode 🚀"
            })
    void takesAnArgumentAsDataWhateverItSays(String value, ApiClient client) {
        String quoted = "printf '<%s>' \"{{ .what }}\"; printf '<%s>' \"$what\"";
        assertThat(output(runWith(client, value, quoted), "stdout")).isEqualTo(("<" + value + ">").repeat(2));
        // Without quotes a value falls into words, as a variable does, and does nothing more.
        String bare = "printf '%s ' {{.what}}";
        assertThat(output(runWith(client, value, bare), "stdout").strip())
                .isEqualTo(String.join(" ", value.strip().split("\\s+")));
    }

    private static List<Event> runWith(ApiClient client, String what, String script) {
        String body = """
                {"args": {"what": %s}, "tool_def": {"name": "t", "type": "script", "content": %s,
                 "args": [{"name": "what", "description": "w", "required": true}]}}
                """.formatted(JSON.valueToTree(what), JSON.valueToTree(script));
        try (EventReader reader = client.stream("POST", "/v1/tools/exec", body)) {
            assertThat(reader.status()).isEqualTo(200);
            return reader.rest();
        }
    }

    @Test
    void survivesOutputThatIsNotText(ApiClient client) {
        List<Event> events =
                run(client, "printf 'a\\000b\\n'; printf '\\377\\376\\n'; printf '\\355\\240\\200\\n'; echo ok");

        assertThat(result(events).path("status").asText()).isEqualTo("completed");
        assertThat(output(events, "stdout")).endsWith("ok\n").startsWith("a").contains("b\n");
        assertThat(client.get(
                        "/v1/executions/" + result(events).path("execution_id").asText() + "/logs"))
                .hasStatus(200)
                .mentions("ok");
    }

    @Test
    void runsToolsOfOtherLanguages(ApiClient client) {
        try (EventReader reader = client.stream("POST", "/v1/tools/exec", """
                {"args": {"n": 20}, "tool_def": {"name": "t", "type": "python", "content": "import os\\nprint(int(os.environ['n']) * 2 + 2)",
                 "args": [{"name": "n", "type": "int", "description": "n"}]}}
                """)) {
            assertThat(output(reader.rest(), "stdout")).isEqualTo("42\n");
        }
    }

    @Test
    void keepsARunGoingWhenItsReaderLeaves(ApiClient client) throws InterruptedException {
        String execution;
        try (EventReader reader = client.stream("POST", "/v1/tools/exec", """
                {"tool_def": {"name": "t", "type": "script", "content": "echo begun; sleep 1; echo ended"}}
                """)) {
            execution = reader.header("X-Execution-Id").orElseThrow();
            reader.until(event -> event.type().equals("tool-output"));
        }

        try (EventReader reader = client.stream("/v1/executions/" + execution + "/logs?follow=true")) {
            assertThat(reader.rest().toString()).contains("begun", "ended", "completed");
        }
    }

    @Test
    void runsManyAtOnceWithoutMixingThem(ApiClient client) throws Exception {
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(8)) {
            var runs = new java.util.ArrayList<java.util.concurrent.Future<List<Event>>>();
            for (int i = 0; i < 16; i++) {
                String script = "for n in 1 2 3; do echo run-" + i + "-$n; done";
                runs.add(threads.submit(() -> run(client, script)));
            }
            for (int i = 0; i < 16; i++) {
                assertThat(output(runs.get(i).get(), "stdout"))
                        .isEqualTo("run-%d-1\nrun-%d-2\nrun-%d-3\n".formatted(i, i, i));
            }
        }
    }
}
