package ai.kubiya.server.model;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The models that can be used, by name. One for the whole server; safe for all threads. */
public final class Models implements AutoCloseable {
    /** More than an installation has in use at a time; an organisation that changes its key leaves an old one behind. */
    private static final int KEPT = 64;
    /** The protocol requires a bound; the library's own of 1024 cuts answers in the middle. */
    private static final int ANTHROPIC_MAX_TOKENS = 8192;

    private final @Nullable ModelSettings serverDefault;
    private final ModelTimeouts timeouts;
    private final Clock clock;
    private final HttpClient http;
    private final Map<Key, StreamingChatModel> built = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, StreamingChatModel> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(ModelSettings settings, String model) {}

    /** @param serverDefault null when the server has no model configured */
    public Models(@Nullable ModelSettings serverDefault, ModelTimeouts timeouts, Clock clock) {
        this.serverDefault = serverDefault;
        this.timeouts = timeouts;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeouts.connect())
                // Python servers such as vLLM's choke on the upgrade to HTTP/2 that the JDK offers over plain HTTP.
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would take the API key to a place nobody configured.
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** The names that can be used, the default first; empty when nothing is configured. */
    public List<String> available(@Nullable ModelSettings ofOrganization) {
        ModelSettings settings = ofOrganization != null ? ofOrganization : serverDefault;
        return settings == null ? List.of() : settings.models();
    }

    /**
     * @param ofOrganization an organisation's own settings, which replace the server's as a whole; null for the server's
     * @param name null for the default
     * @throws ModelUnavailable with a sentence that says what to do
     */
    public StreamingChatModel get(@Nullable ModelSettings ofOrganization, @Nullable String name) {
        ModelSettings settings = ofOrganization != null ? ofOrganization : serverDefault;
        if (settings == null) {
            throw new ModelUnavailable(
                    ModelUnavailable.Reason.NOT_CONFIGURED,
                    "No language model is configured. Set KUBIYA_LLM_PROVIDER (openai, anthropic or ollama) and"
                            + " KUBIYA_LLM_API_KEY, and for your own endpoint KUBIYA_LLM_BASE_URL and KUBIYA_LLM_MODELS,"
                            + " then restart the server. OPENAI_API_KEY or ANTHROPIC_API_KEY alone is enough, too.");
        }
        String model = name == null || name.isBlank() ? settings.defaultModel() : name.strip();
        if (!settings.models().contains(model)) {
            throw new ModelUnavailable(
                    ModelUnavailable.Reason.UNKNOWN_MODEL,
                    "There is no model \"%s\"; available: %s.".formatted(model, String.join(", ", settings.models())));
        }
        synchronized (built) {
            return built.computeIfAbsent(new Key(settings, model), this::build);
        }
    }

    private StreamingChatModel build(Key key) {
        ModelSettings settings = key.settings();
        ModelHttpClientBuilder client = new ModelHttpClientBuilder(http, timeouts, clock);
        String address = BaseUrls.withoutQuery(settings.baseUrl());
        String apiKey = settings.apiKey();
        return switch (settings.provider()) {
            case OPENAI -> {
                OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(address)
                        .customQueryParams(BaseUrls.query(settings.baseUrl()))
                        .modelName(key.model());
                if (apiKey != null) {
                    builder.apiKey(apiKey);
                    if (BaseUrls.isAzure(settings.baseUrl())) {
                        builder.customHeaders(Map.of("api-key", apiKey));
                    }
                }
                yield builder.build();
            }
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(address)
                        .apiKey(apiKey == null ? "none" : apiKey)
                        .modelName(key.model())
                        .maxTokens(ANTHROPIC_MAX_TOKENS)
                        .build();
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(address)
                        // Ollama itself wants no key; a proxy before it may.
                        .customHeaders(apiKey == null ? Map.of() : Map.of("Authorization", "Bearer " + apiKey))
                        .modelName(key.model())
                        .build();
        };
    }

    /** Ends what is being read. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
