package ai.kubiya.server.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The protocols a model can be called with; the name in settings is the lower-case name. */
public enum ModelProvider {
    /** OpenAI and everything that speaks its chat completions: vLLM, LiteLLM, Azure and other gateways. */
    OPENAI("https://api.openai.com/v1", List.of("gpt-4.1", "gpt-4.1-mini", "gpt-4o", "gpt-4o-mini")),
    ANTHROPIC(
            "https://api.anthropic.com/v1",
            List.of("claude-sonnet-4-6", "claude-opus-4-6", "claude-haiku-4-5-20251001")),
    /** No default models: which ones exist depends on what was pulled on that machine. */
    OLLAMA("http://localhost:11434", List.of());

    private final String publicUrl;
    private final List<String> knownModels;

    ModelProvider(String publicUrl, List<String> knownModels) {
        this.publicUrl = publicUrl;
        this.knownModels = knownModels;
    }

    /** Where the provider is when no base URL is set. */
    public String publicUrl() {
        return publicUrl;
    }

    /** What is offered when no models are named; the first is the default. */
    List<String> knownModels() {
        return knownModels;
    }

    /** Its name in settings and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ModelProvider> named(String word) {
        for (ModelProvider provider : values()) {
            if (provider.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }
}
