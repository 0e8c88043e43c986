package ai.kubiya.server.model;

import static ai.kubiya.server.testing.ScriptedReply.refusal;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.model.ModelEvent.Failed;
import ai.kubiya.server.model.ModelEvent.FailureKind;
import ai.kubiya.server.model.ModelEvent.Finished;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ScriptedReply.Part;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a step when the provider, the network or the answer fails. */
class ModelTurnFailureTest {
    private static final Part HALF = new Part.Text("It is ");

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
            // The JDK throws away what it has buffered when a connection breaks: the text has to be through first.
            Part textIsRead = new Part.Hold(scenario.textIsRead);
            scenario.server.then(ScriptedReply.of("stop", List.of(HALF, textIsRead, new Part.Drop())), text("never"));

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
}
