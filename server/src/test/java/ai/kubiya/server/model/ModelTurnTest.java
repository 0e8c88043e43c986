package ai.kubiya.server.model;

import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.refusal;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kubiya.server.model.ModelEvent.Cancelled;
import ai.kubiya.server.model.ModelEvent.Failed;
import ai.kubiya.server.model.ModelEvent.FailureKind;
import ai.kubiya.server.model.ModelEvent.FinishReason;
import ai.kubiya.server.model.ModelEvent.Finished;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ModelRequest;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ScriptedReply.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One step of a model over each provider's own protocol, in good order and in every kind of bad. */
class ModelTurnTest {
    private static final Part HALF = new Part.Text("It is ");

    @ParameterizedTest
    @EnumSource
    void streamsText(ModelProvider provider) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(text("It is ", "cold", " — 5\u00a0°C ❄"));

            ModelEvent.Outcome outcome = scenario.ask();

            assertThat(outcome)
                    .isEqualTo(new Finished(
                            "It is cold — 5\u00a0°C ❄", List.of(), new ModelUsage(11, 7, 18), FinishReason.STOP));
            assertThat(scenario.events).hasSize(4).endsWith(outcome);
            assertThat(scenario.streamedText()).isEqualTo("It is cold — 5\u00a0°C ❄");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAToolCallAfterItsText(ModelProvider provider) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(calls(HALF, call("c1", "weather", "{\"city\":\"Oslo\"}")));

            Finished finished = (Finished) scenario.ask();

            assertThat(finished.text()).isEqualTo("It is ");
            assertThat(finished.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
            assertThat(finished.toolCalls()).singleElement().satisfies(request -> {
                assertThat(request.id()).isNotBlank();
                assertThat(request.name()).isEqualTo("weather");
                assertThat(request.argumentsJson()).isEqualTo("{\"city\":\"Oslo\"}");
            });
            assertThat(scenario.events.get(1)).isInstanceOf(ModelEvent.ToolCallRequested.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsTwoToolCallsOfOneStep(ModelProvider provider) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(
                    calls(call("c1", "weather", "{\"city\":\"Oslo\"}"), call("c2", "weather", "{\"city\":\"Rome\"}")));

            Finished finished = (Finished) scenario.ask();

            assertThat(finished.toolCalls())
                    .extracting(ToolRequest::argumentsJson)
                    .containsExactly("{\"city\":\"Oslo\"}", "{\"city\":\"Rome\"}");
            assertThat(finished.toolCalls()).extracting(ToolRequest::id).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheWholeConversationAndTheTools(ModelProvider provider) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(text("fine"));

            scenario.ask(
                    new ModelMessage.SystemPrompt("be brief"),
                    new ModelMessage.User("Oslo?"),
                    new ModelMessage.Assistant(
                            "",
                            List.of(
                                    new ToolRequest("c1", "weather", "{\"city\":\"Oslo\"}"),
                                    new ToolRequest("c2", "weather", "{\"city\":"))),
                    new ModelMessage.ToolResult("c1", "weather", "5 degrees", false),
                    new ModelMessage.ToolResult("c2", "weather", "bad arguments", true));

            ModelRequest request = scenario.server.lastRequest();
            assertThat(request.stream()).isTrue();
            String body = request.body().toString();
            assertThat(body).contains("be brief", "Oslo?", "5 degrees", "bad arguments", "malformed_arguments");
            assertThat(request.tools().toString()).contains("\"weather\"", "\"description\":\"which\"", "\"required\"");
            assertThat(request.headers()).doesNotContainKey("upgrade");
        }
    }

    @Test
    void speaksOpenAiAsItIsSpoken() {
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI)) {
            scenario.server.then(text("fine"));

            scenario.ask(
                    new ModelMessage.User("Oslo?"),
                    new ModelMessage.Assistant("", List.of(new ToolRequest("c1", "weather", "{}"))),
                    new ModelMessage.ToolResult("c1", "weather", "5 degrees", false));

            ModelRequest request = scenario.server.lastRequest();
            assertThat(request.path()).isEqualTo("/v1/chat/completions");
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + ModelTurnScenario.KEY);
            JsonNode answer = request.messages().path(1);
            assertThat(answer.path("tool_calls").path(0).path("id").asText()).isEqualTo("c1");
            assertThat(request.lastMessage().path("role").asText()).isEqualTo("tool");
            assertThat(request.lastMessage().path("tool_call_id").asText()).isEqualTo("c1");
            assertThat(request.body()
                            .path("stream_options")
                            .path("include_usage")
                            .asBoolean())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 401, AUTH",
        "OPENAI, 403, AUTH",
        "OPENAI, 400, BAD_REQUEST",
        "OPENAI, 404, BAD_REQUEST",
        "ANTHROPIC, 401, AUTH",
        "ANTHROPIC, 400, BAD_REQUEST",
        "ANTHROPIC, 413, CONTEXT_TOO_LONG",
        "OLLAMA, 401, AUTH",
        "OLLAMA, 404, BAD_REQUEST"
    })
    void doesNotRepeatWhatWillFailAgain(ModelProvider provider, int status, FailureKind kind) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(refusal(status, "No, " + ModelTurnScenario.KEY + " will not do."), text("never"));

            Failed failed = (Failed) scenario.ask();

            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.message()).doesNotContain(ModelTurnScenario.KEY);
            assertThat(scenario.server.requests()).hasSize(1);
            assertThat(scenario.events).containsExactly(failed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 429",
        "OPENAI, 500",
        "OPENAI, 503",
        "ANTHROPIC, 429",
        "ANTHROPIC, 529",
        "OLLAMA, 500",
        "OLLAMA, 503"
    })
    void triesAgainWhatMayPass(ModelProvider provider, int status) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(
                    refusal(status, "not now").header("Retry-After", "0"), refusal(status, "not now"), text("now"));

            ModelEvent.Outcome outcome = scenario.ask();

            assertThat(((Finished) outcome).text()).isEqualTo("now");
            assertThat(scenario.server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, 429, RATE_LIMITED", "ANTHROPIC, 529, UNAVAILABLE", "OLLAMA, 500, UNAVAILABLE"})
    void givesUpAfterTheLastAttempt(ModelProvider provider, int status, FailureKind kind) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(refusal(status, "no"), refusal(status, "no"), refusal(status, "still no"), text("x"));

            Failed failed = (Failed) scenario.ask();

            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.message()).contains("It says: still no");
            assertThat(scenario.server.requests()).hasSize(3);
        }
    }

    @Test
    void doesNotWaitForAProviderThatWantsAnHour() {
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI)) {
            scenario.server.then(refusal(429, "later").header("Retry-After", "3600"), text("never"));

            Failed failed = (Failed) scenario.ask();

            assertThat(failed.kind()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(failed.retryAfter()).isEqualTo(Duration.ofHours(1));
            assertThat(scenario.server.requests()).hasSize(1);
        }
    }

    @Test
    void knowsAConversationThatIsTooLong() {
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI)) {
            scenario.server.then(refusal(400, "This model's maximum context length is 8192 tokens."));

            assertThat(((Failed) scenario.ask()).kind()).isEqualTo(FailureKind.CONTEXT_TOO_LONG);
        }
    }

    @Test
    void aRefusedConnectionIsUnavailable() {
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI)) {
            scenario.server.close();

            Failed failed = (Failed) scenario.ask();

            assertThat(failed.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.message()).contains("KUBIYA_LLM_BASE_URL");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDroppedConnectionIsNoAnswerAndIsNotRepeatedOnceTextWasRead(ModelProvider provider) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, new Part.Drop())), text("never"));

            Failed failed = (Failed) scenario.ask();

            assertThat(failed.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(scenario.streamedText()).isEqualTo("It is ");
            assertThat(scenario.server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatStopsShortIsNoAnswer(ModelProvider provider) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, new Part.StopShort())));

            assertThat(((Failed) scenario.ask()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksBeforeAnyTextIsTriedAgain(ModelProvider provider) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(ScriptedReply.of("stop", List.of(new Part.Drop())), text("whole"));

            assertThat(((Finished) scenario.ask()).text()).isEqualTo("whole");
        }
    }

    @ParameterizedTest
    @EnumSource
    void malformedJsonEndsTheStep(ModelProvider provider) {
        String raw = switch (provider) {
            case OPENAI -> "data: {\"choices\": [{]}\n\n";
            case ANTHROPIC -> "event: content_block_delta\ndata: {\"type\": nonsense}\n\n";
            case OLLAMA -> "{\"message\": nonsense}\n";
        };
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, new Part.Raw(raw), new Part.Text("more"))));

            Failed failed = (Failed) scenario.ask();

            assertThat(failed.kind()).isEqualTo(FailureKind.OTHER);
            assertThat(failed.message()).contains("not JSON");
            assertThat(scenario.streamedText()).isEqualTo("It is ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 'data: {\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}', RATE_LIMITED",
        "ANTHROPIC, 'data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}', UNAVAILABLE",
        "OLLAMA, '{\"error\":\"model runner has stopped\"}', UNAVAILABLE"
    })
    void anErrorInsideTheStreamIsAFailure(ModelProvider provider, String line, FailureKind kind) {
        String raw = (provider == ModelProvider.ANTHROPIC ? "event: error\n" : "") + line + "\n\n";
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, new Part.Raw(raw))));

            assertThat(((Failed) scenario.ask()).kind()).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceInMidAnswerIsATimeOut(ModelProvider provider) {
        ModelTimeouts timeouts = new ModelTimeouts(Duration.ofSeconds(10), Duration.ofMillis(200));
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider, timeouts)) {
            Gate gate = new Gate();
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, new Part.Hold(gate))));

            Failed failed = (Failed) scenario.ask();

            assertThat(failed.kind()).isEqualTo(FailureKind.TIMEOUT);
        }
    }

    @Test
    void anAnswerThatDripsIsReadToItsEnd() {
        ModelTimeouts timeouts = new ModelTimeouts(Duration.ofSeconds(10), Duration.ofMillis(1500));
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI, timeouts)) {
            Part pause = new Part.Pause(Duration.ofMillis(700));
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, pause, HALF, pause, HALF, pause, HALF)));

            assertThat(((Finished) scenario.ask()).text()).isEqualTo("It is It is It is It is ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancellingInMidAnswerHangsUp(ModelProvider provider) throws Exception {
        try (ModelTurnScenario scenario = new ModelTurnScenario(provider)) {
            Gate gate = new Gate();
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, new Part.Hold(gate))), text("never"));
            CompletableFuture<ModelEvent.Outcome> outcome = CompletableFuture.supplyAsync(scenario::ask);
            gate.awaitReached();

            scenario.cancellation.cancel();

            assertThat(outcome.get()).isEqualTo(new Cancelled());
            gate.awaitAbandoned();
            assertThat(scenario.server.requests()).hasSize(1);
        }
    }

    @Test
    void cancellingBeforeTheFirstByteAndBetweenAttemptsEndsTheStep() throws Exception {
        RetryPolicy patient = new RetryPolicy(2, Duration.ofHours(1), Duration.ofHours(1));
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI, ModelTimeouts.DEFAULT, patient)) {
            scenario.server.then(refusal(500, "no"));
            CompletableFuture<ModelEvent.Outcome> outcome = CompletableFuture.supplyAsync(scenario::ask);
            while (scenario.server.requests().isEmpty()) {
                Thread.onSpinWait();
            }

            scenario.cancellation.cancel();

            assertThat(outcome.get()).isEqualTo(new Cancelled());
            assertThat(scenario.ask()).isEqualTo(new Cancelled());
            assertThat(scenario.server.requests()).hasSize(1);
        }
    }

    @Test
    void reportsArgumentsThatAreNotJson() {
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI)) {
            scenario.server.then(calls(call("c1", "weather", "{\"city\": Oslo}")));

            Finished finished = (Finished) scenario.ask();

            assertThat(finished.toolCalls()).hasSize(1);
            assertThat(scenario.events.getFirst())
                    .isInstanceOfSatisfying(ModelEvent.ToolCallRequested.class, requested -> {
                        assertThat(requested.argumentsJson()).isEqualTo("{\"city\": Oslo}");
                        assertThat(requested.problem()).contains("not valid JSON");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH", "content_filter, CONTENT_FILTER"})
    void tellsWhyAnEmptyAnswerEnded(String reason, FinishReason expected) {
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI)) {
            scenario.server.then(ScriptedReply.of(reason, List.of()).withoutUsage());

            assertThat(scenario.ask()).isEqualTo(new Finished("", List.of(), ModelUsage.NONE, expected));
        }
    }

    @Test
    void whatTheReaderThrowsEndsTheStepAndIsThrownOn() throws InterruptedException, ExecutionException {
        try (ModelTurnScenario scenario = new ModelTurnScenario(ModelProvider.OPENAI)) {
            Gate gate = new Gate();
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, new Part.Hold(gate))));
            ModelSettings settings = new ModelSettings(ModelProvider.OPENAI, scenario.server.url(), null, List.of("m"));
            try (Models models = new Models(settings, ModelTimeouts.DEFAULT, java.time.Clock.systemUTC())) {
                ModelTurn turn = new ModelTurn(models.get(null, null), RetryPolicy.DEFAULT, new Random(1));

                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> turn.stream(
                                List.of(new ModelMessage.User("hi")),
                                List.of(),
                                new ModelLimits(5),
                                new Cancellation(),
                                event -> {
                                    throw new IllegalStateException("the journal is gone");
                                }))
                        .withMessage("the journal is gone");
            }
            gate.awaitAbandoned();
            assertThat(scenario.server
                            .lastRequest()
                            .body()
                            .path("max_completion_tokens")
                            .asInt())
                    .isEqualTo(5);
            assertThat(scenario.server.lastRequest().headers()).doesNotContainKey("authorization");
        }
    }
}
