package ai.kubiya.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final ModelSettings SERVER =
            new ModelSettings(ModelProvider.OPENAI, "http://127.0.0.1:1", "sk-server", List.of("one", "two"));

    @Test
    void saysWhatToSetWhenNothingIsConfigured() {
        try (Models models = new Models(null, ModelTimeouts.DEFAULT, Clock.systemUTC())) {
            assertThatExceptionOfType(ModelUnavailable.class)
                    .isThrownBy(() -> models.get(null, null))
                    .withMessageContaining("KUBIYA_LLM_PROVIDER")
                    .withMessageContaining("KUBIYA_LLM_API_KEY")
                    .withMessageContaining("OPENAI_API_KEY")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ModelUnavailable.Reason.NOT_CONFIGURED));
            assertThat(models.available(null)).isEmpty();
        }
    }

    @Test
    void namesTheModelsThatThereAreWhenAskedForAnother() {
        try (Models models = new Models(SERVER, ModelTimeouts.DEFAULT, Clock.systemUTC())) {
            assertThatExceptionOfType(ModelUnavailable.class)
                    .isThrownBy(() -> models.get(null, "three"))
                    .withMessage("There is no model \"three\"; available: one, two.")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ModelUnavailable.Reason.UNKNOWN_MODEL));
        }
    }

    @Test
    void keepsWhatItBuiltAndPrefersTheOrganisationsSettings() {
        ModelSettings own = new ModelSettings(ModelProvider.OLLAMA, "http://127.0.0.1:2", null, List.of("mine"));
        try (Models models = new Models(SERVER, ModelTimeouts.DEFAULT, Clock.systemUTC())) {
            assertThat(models.get(null, null)).isSameAs(models.get(null, "one"));
            assertThat(models.get(null, "two")).isNotSameAs(models.get(null, "one"));
            assertThat(models.get(own, null).provider()).isEqualTo(dev.langchain4j.model.ModelProvider.OLLAMA);
            assertThat(models.available(own)).containsExactly("mine");
            assertThatExceptionOfType(ModelUnavailable.class).isThrownBy(() -> models.get(own, "one"));
        }
    }

    @Test
    void sendsAzureItsHeaderAndItsApiVersion() {
        try (ScriptedModelServer server = new ScriptedModelServer().then(ScriptedReply.text("fine"))) {
            String url = server.url() + "/openai/deployments/d/?api-version=2024-10-21";
            ModelSettings azure = new ModelSettings(ModelProvider.OPENAI, url, "azure-key", List.of("d"));
            try (Models models = new Models(azure, ModelTimeouts.DEFAULT, Clock.systemUTC())) {
                new ModelTurn(models.get(null, null), RetryPolicy.DEFAULT, new Random(1))
                        .stream(
                                List.of(new ModelMessage.User("hi")),
                                List.of(),
                                ModelLimits.NONE,
                                new Cancellation(),
                                event -> {});
            }

            assertThat(server.lastRequest().path())
                    .isEqualTo("/openai/deployments/d/chat/completions?api-version=2024-10-21");
            assertThat(server.lastRequest().headers()).containsEntry("api-key", "azure-key");
        }
    }
}
