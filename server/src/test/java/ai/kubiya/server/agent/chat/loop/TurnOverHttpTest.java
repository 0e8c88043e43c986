package ai.kubiya.server.agent.chat.loop;

import static ai.kubiya.server.testing.ScriptedReply.call;
import static ai.kubiya.server.testing.ScriptedReply.calls;
import static ai.kubiya.server.testing.ScriptedReply.refusal;
import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelProvider;
import ai.kubiya.server.model.ModelSettings;
import ai.kubiya.server.model.ModelTimeouts;
import ai.kubiya.server.model.Models;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.ScriptedReply.Part;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loop with a model that is asked over the network. */
class TurnOverHttpTest {
    private final ScriptedModelServer server = new ScriptedModelServer();

    @AfterEach
    void close() {
        server.close();
    }

    private Models models(ModelProvider provider) {
        ModelSettings settings = new ModelSettings(provider, server.url(), "sk-test", List.of("scripted"));
        return new Models(settings, ModelTimeouts.DEFAULT, Clock.systemUTC());
    }

    @ParameterizedTest
    @EnumSource
    void takesATurnWithEachProvider(ModelProvider provider) throws InterruptedException {
        server.then(
                calls(
                        new Part.Text("Let me see. "),
                        call("c1", "list", "{\"what\":\"pods\"}"),
                        call("c2", "list", "{\"what\":\"nodes\"}")),
                text("There ", "are two."));
        try (Models models = models(provider)) {
            TurnScenario scenario = new TurnScenario(models.get(null, null));
            scenario.tools.prints("list", "web-1\nweb-2\n");

            assertThat(scenario.run().finishReason()).isEqualTo("stop");

            assertThat(scenario.journal.messages().getLast())
                    .isEqualTo(new ModelMessage.Assistant("There are two.", List.of()));
            assertThat(scenario.tools.started).hasSize(2);
            assertThat(server.lastRequest().body().toString()).contains("web-1", "tool_output", "Let me see.");
        }
    }

    @Test
    void cancellingInMidSentenceKeepsNothingOfIt() throws InterruptedException {
        Gate gate = new Gate();
        server.then(ScriptedReply.of("stop", List.of(new Part.Text("I will"), new Part.Hold(gate))));
        try (Models models = models(ModelProvider.OPENAI)) {
            TurnScenario scenario = new TurnScenario(models.get(null, null));
            AtomicReference<TurnEvent.Done> done = new AtomicReference<>();
            Thread turn = Thread.ofVirtual().start(() -> {
                try {
                    done.set(scenario.run());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            gate.awaitReached();

            scenario.cancellation.cancel();

            turn.join();
            assertThat(done.get().finishReason()).isEqualTo("cancelled");
            gate.awaitAbandoned();
            assertThat(scenario.journal.messages()).isEmpty();
        }
    }

    @Test
    void reportsAFailureOfTheModel() throws InterruptedException {
        server.then(refusal(401, "Incorrect API key provided: sk-test"));
        try (Models models = models(ModelProvider.OPENAI)) {
            TurnScenario scenario = new TurnScenario(models.get(null, null));

            assertThat(scenario.run().finishReason()).isEqualTo("error");

            assertThat(scenario.failure().code()).isEqualTo("model_auth");
            assertThat(scenario.failure().message())
                    .contains("KUBIYA_LLM_API_KEY")
                    .doesNotContain("sk-test");
        }
    }

    @Test
    void sendsLessWhenTheModelFindsItTooLong() throws InterruptedException {
        server.then(refusal(400, "maximum context length is 100 tokens"), text("Short."));
        try (Models models = models(ModelProvider.OPENAI)) {
            TurnScenario scenario = new TurnScenario(models.get(null, null));
            scenario.history.addFirst(new ModelMessage.Assistant("answer", List.of()));
            scenario.history.addFirst(new ModelMessage.User("long " + "x".repeat(9000)));

            assertThat(scenario.run().finishReason()).isEqualTo("stop");

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getFirst().messages()).hasSize(4);
            assertThat(server.lastRequest().messages()).hasSize(2);
        }
    }
}
