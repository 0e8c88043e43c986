package ai.kubiya.server.model;

import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.refusal;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kubiya.server.model.ModelEvent.Cancelled;
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

/** One step of a model over each provider's own protocol. */
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
