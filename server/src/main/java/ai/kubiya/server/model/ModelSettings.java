package ai.kubiya.server.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where language models are and which may be used.
 *
 * @param baseUrl as the provider's protocol wants it, see {@link BaseUrls}
 * @param apiKey null for endpoints that ask for none
 * @param models never empty; the first is used when nobody names one
 */
public record ModelSettings(
        ModelProvider provider, String baseUrl, @Nullable String apiKey, List<String> models) {
    public ModelSettings {
        models = List.copyOf(models);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("At least one model must be named.");
        }
        baseUrl = BaseUrls.of(provider, baseUrl);
    }

    /**
     * What the environment says.
     *
     * @param settings null when no model is configured, or when there are problems
     * @param problems sentences that name the wrong setting and what to do; empty when all is well
     */
    public record Reading(@Nullable ModelSettings settings, List<String> problems) {}

    /** Reads {@code KUBIYA_LLM_*}, and the providers' own key variables when ours are absent. */
    public static Reading read(Map<String, String> environment) {
        return new ModelSettingsReader(environment).read();
    }

    public String defaultModel() {
        return models.getFirst();
    }

    /** Without the key: settings are printed at start-up and in problem reports. */
    @Override
    public String toString() {
        return "ModelSettings[provider=%s, baseUrl=%s, apiKey=%s, models=%s]"
                .formatted(provider.word(), BaseUrls.withoutQuery(baseUrl), apiKey == null ? "none" : "***", models);
    }
}
