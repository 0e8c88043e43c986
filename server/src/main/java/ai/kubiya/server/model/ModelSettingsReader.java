package ai.kubiya.server.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes settings of environment variables, and sentences of what is wrong with them. */
final class ModelSettingsReader {
    private static final String PROVIDER = "KUBIYA_LLM_PROVIDER";
    private static final String BASE_URL = "KUBIYA_LLM_BASE_URL";
    private static final String API_KEY = "KUBIYA_LLM_API_KEY";
    private static final String MODELS = "KUBIYA_LLM_MODELS";
    private static final String OPENAI_KEY = "OPENAI_API_KEY";
    private static final String ANTHROPIC_KEY = "ANTHROPIC_API_KEY";

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    ModelSettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    ModelSettings.Reading read() {
        ModelProvider provider = provider();
        String baseUrl = value(BASE_URL);
        if (baseUrl != null) {
            String problem = BaseUrls.problem(baseUrl);
            if (problem != null) {
                problems.add(BASE_URL + " " + problem);
            }
        }
        if (provider == null || !problems.isEmpty()) {
            return new ModelSettings.Reading(null, List.copyOf(problems));
        }
        String key = key(provider, baseUrl);
        List<String> models = models(provider, baseUrl);
        if (key == null && provider != ModelProvider.OLLAMA && isPublic(provider, baseUrl)) {
            problems.add("%s is %s but there is no key: set %s (or %s)."
                    .formatted(PROVIDER, provider.word(), API_KEY, keyVariable(provider)));
        }
        if (key == null && provider == ModelProvider.ANTHROPIC && !isPublic(provider, baseUrl)) {
            problems.add("%s must be set: the anthropic protocol always sends a key, even to %s."
                    .formatted(API_KEY, BaseUrls.withoutQuery(baseUrl == null ? "" : baseUrl)));
        }
        if (!problems.isEmpty()) {
            return new ModelSettings.Reading(null, List.copyOf(problems));
        }
        String address = baseUrl == null ? provider.publicUrl() : baseUrl;
        return new ModelSettings.Reading(new ModelSettings(provider, address, key, models), List.of());
    }

    private @Nullable ModelProvider provider() {
        String named = value(PROVIDER);
        if (named != null) {
            ModelProvider provider = ModelProvider.named(named).orElse(null);
            if (provider == null) {
                problems.add("%s is \"%s\"; it can be openai, anthropic or ollama.".formatted(PROVIDER, named));
            }
            return provider;
        }
        for (String ours : List.of(BASE_URL, API_KEY, MODELS)) {
            if (value(ours) != null) {
                problems.add(
                        "%s is set but %s is not: set it to openai, anthropic or ollama (openai for vLLM, LiteLLM and other compatible endpoints)."
                                .formatted(ours, PROVIDER));
                return null;
            }
        }
        if (value(OPENAI_KEY) != null) {
            return ModelProvider.OPENAI;
        }
        return value(ANTHROPIC_KEY) != null ? ModelProvider.ANTHROPIC : null;
    }

    private @Nullable String key(ModelProvider provider, @Nullable String baseUrl) {
        String ours = value(API_KEY);
        if (ours != null) {
            if (ours.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
                problems.add(API_KEY + " contains a space or another character that cannot be in a key.");
            }
            return ours;
        }
        // The provider's own key is for the provider: it is not sent to another address without being told to.
        return isPublic(provider, baseUrl) && provider != ModelProvider.OLLAMA ? value(keyVariable(provider)) : null;
    }

    private List<String> models(ModelProvider provider, @Nullable String baseUrl) {
        String written = value(MODELS);
        List<String> named = written == null
                ? List.of()
                : Arrays.stream(written.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
        if (!named.isEmpty()) {
            return named;
        }
        if (provider == ModelProvider.OLLAMA || !isPublic(provider, baseUrl)) {
            problems.add(
                    "%s must name at least one model that %s serves, separated by commas; the first is the default."
                            .formatted(MODELS, baseUrl == null ? provider.word() : BaseUrls.withoutQuery(baseUrl)));
            return named;
        }
        return provider.knownModels();
    }

    private static boolean isPublic(ModelProvider provider, @Nullable String baseUrl) {
        return baseUrl == null || BaseUrls.sameHost(baseUrl, provider.publicUrl());
    }

    private static String keyVariable(ModelProvider provider) {
        return provider == ModelProvider.ANTHROPIC ? ANTHROPIC_KEY : OPENAI_KEY;
    }

    /** A variable that is set to nothing counts as absent: compose files and charts do that. */
    private @Nullable String value(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
