package ai.kubiya.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {
    @Test
    void withNothingSetThereIsNoModelAndNoProblem() {
        ModelSettings.Reading reading = ModelSettings.read(Map.of("KUBIYA_LLM_API_KEY", " "));

        assertThat(reading.settings()).isNull();
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void readsOurOwnVariables() {
        ModelSettings.Reading reading = ModelSettings.read(Map.of(
                "KUBIYA_LLM_PROVIDER", "OpenAI",
                "KUBIYA_LLM_BASE_URL", "http://vllm:8000",
                "KUBIYA_LLM_API_KEY", "secret-key",
                "KUBIYA_LLM_MODELS", "qwen, llama,,qwen"));

        ModelSettings settings = settings(reading);
        assertThat(settings.baseUrl()).isEqualTo("http://vllm:8000/v1");
        assertThat(settings.models()).containsExactly("qwen", "llama");
        assertThat(settings.defaultModel()).isEqualTo("qwen");
        assertThat(settings.apiKey()).isEqualTo("secret-key");
        assertThat(settings.toString()).doesNotContain("secret-key").contains("***");
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_API_KEY, OPENAI", "ANTHROPIC_API_KEY, ANTHROPIC"})
    void aProvidersOwnKeyIsEnough(String variable, ModelProvider provider) {
        ModelSettings.Reading reading = ModelSettings.read(Map.of(variable, "sk-test"));

        ModelSettings settings = settings(reading);
        assertThat(settings.provider()).isEqualTo(provider);
        assertThat(settings.apiKey()).isEqualTo("sk-test");
        assertThat(settings.models()).isNotEmpty();
    }

    @Test
    void aProvidersOwnKeyIsNotSentToAnotherAddress() {
        ModelSettings.Reading reading = ModelSettings.read(Map.of(
                "OPENAI_API_KEY", "sk-test",
                "KUBIYA_LLM_PROVIDER", "openai",
                "KUBIYA_LLM_BASE_URL", "http://gateway:4000",
                "KUBIYA_LLM_MODELS", "m"));

        ModelSettings settings = settings(reading);
        assertThat(settings.apiKey()).isNull();
    }

    @Test
    void namesEachWrongSetting() {
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "gemini")))
                .contains("KUBIYA_LLM_PROVIDER", "gemini", "openai, anthropic or ollama");
        assertThat(problem(Map.of("KUBIYA_LLM_BASE_URL", "http://x"))).contains("KUBIYA_LLM_PROVIDER is not");
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "openai"))).contains("KUBIYA_LLM_API_KEY", "OPENAI_API_KEY");
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "anthropic"))).contains("ANTHROPIC_API_KEY");
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "ollama"))).contains("KUBIYA_LLM_MODELS");
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "openai", "KUBIYA_LLM_BASE_URL", "http://x")))
                .contains("KUBIYA_LLM_MODELS", "http://x");
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "openai", "KUBIYA_LLM_BASE_URL", "x:8000")))
                .contains("KUBIYA_LLM_BASE_URL", "http://");
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "ollama", "KUBIYA_LLM_BASE_URL", "http://me:pass@x")))
                .contains("KUBIYA_LLM_BASE_URL")
                .doesNotContain("pass@");
        assertThat(problem(Map.of("KUBIYA_LLM_PROVIDER", "openai", "KUBIYA_LLM_API_KEY", "two words")))
                .contains("KUBIYA_LLM_API_KEY")
                .doesNotContain("two words");
        assertThat(problem(Map.of(
                        "KUBIYA_LLM_PROVIDER",
                        "anthropic",
                        "KUBIYA_LLM_BASE_URL",
                        "http://x",
                        "KUBIYA_LLM_MODELS",
                        "m")))
                .contains("KUBIYA_LLM_API_KEY must be set");
    }

    private static ModelSettings settings(ModelSettings.Reading reading) {
        assertThat(reading.problems()).isEmpty();
        return Objects.requireNonNull(reading.settings());
    }

    private static String problem(Map<String, String> environment) {
        ModelSettings.Reading reading = ModelSettings.read(environment);
        assertThat(reading.settings()).isNull();
        assertThat(reading.problems()).hasSize(1);
        return reading.problems().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, http://h:8000, http://h:8000/v1",
        "OPENAI, http://h:8000/, http://h:8000/v1",
        "OPENAI, http://h:8000/v1, http://h:8000/v1",
        "OPENAI, http://h/v1/, http://h/v1",
        "OPENAI, http://h/prefix/v1/chat/completions, http://h/prefix/v1",
        "OPENAI, https://x.openai.azure.com/openai/v1/, https://x.openai.azure.com/openai/v1",
        "OPENAI, https://x.openai.azure.com/openai/deployments/d?api-version=1, https://x.openai.azure.com/openai/deployments/d?api-version=1",
        "ANTHROPIC, https://api.anthropic.com, https://api.anthropic.com/v1",
        "ANTHROPIC, https://api.anthropic.com/v1/messages, https://api.anthropic.com/v1",
        "ANTHROPIC, http://litellm/anthropic, http://litellm/anthropic/v1",
        "OLLAMA, http://h:11434/, http://h:11434",
        "OLLAMA, http://h:11434/api, http://h:11434",
        "OLLAMA, http://h:11434/v1, http://h:11434"
    })
    void takesBaseUrlsAsPeopleWriteThem(ModelProvider provider, String written, String used) {
        assertThat(BaseUrls.of(provider, written)).isEqualTo(used);
    }
}
