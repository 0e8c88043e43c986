package ai.kubiya.server.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The protocols a model can be called with; the name in settings is the lower-case name. */
public enum ModelProvider {
    /** OpenAI and everything that speaks its chat completions: vLLM, LiteLLM, Azure and other gateways. */
    OPENAI("https://api.openai.com/v1"),
    ANTHROPIC("https://api.anthropic.com/v1"),
    OLLAMA("http://localhost:11434");

    private final String publicUrl;

    ModelProvider(String publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Where the provider is when no base URL is set. */
    public String publicUrl() {
        return publicUrl;
    }

    /** What is offered when no models are named, the default first; empty where it depends on the installation. */
    List<String> knownModels() {
        return switch (this) {
            case OPENAI -> List.of("gpt-4.1", "gpt-4.1-mini", "gpt-4o", "gpt-4o-mini");
            case ANTHROPIC -> List.of("claude-sonnet-4-6", "claude-opus-4-6", "claude-haiku-4-5-20251001");
            case OLLAMA -> List.of();
        };
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
