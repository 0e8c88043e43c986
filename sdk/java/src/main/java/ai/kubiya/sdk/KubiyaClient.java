package ai.kubiya.sdk;

import ai.kubiya.sdk.model.Agent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a Kubiya server. Thread-safe.
 *
 * <pre>{@code
 * KubiyaClient kubiya = KubiyaClient.of("uk_…", "http://127.0.0.1:8080/v1");
 * for (Agent agent : kubiya.agents().list()) {
 *     System.out.println(agent.name());
 * }
 * }</pre>
 */
public final class KubiyaClient extends Resources {
    private static final String DEFAULT_BASE_URL = "http://127.0.0.1:8080/v1";

    private final Transport transport;

    private KubiyaClient(Transport transport) {
        super(transport);
        this.transport = transport;
    }

    /** For paths that have no method here. */
    public Transport transport() {
        return transport;
    }

    /** With the environment's KUBIYA_API_KEY and KUBIYA_BASE_URL. */
    public static KubiyaClient ofEnvironment() {
        return builder().build();
    }

    /**
     * With the defaults for everything else.
     *
     * @param apiKey without {@code UserKey}
     */
    public static KubiyaClient of(String apiKey, String baseUrl) {
        return builder().apiKey(apiKey).baseUrl(baseUrl).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** All teammates. */
    public List<Agent> getTeammates() {
        return agents().list().all();
    }

    /** What a client may be told. */
    public static final class Builder {
        private @Nullable String apiKey = System.getenv("KUBIYA_API_KEY");
        private @Nullable String baseUrl = System.getenv("KUBIYA_BASE_URL");
        private Duration timeout = Duration.ofSeconds(60);
        private int maxRetries = 2;

        private Builder() {}

        public Builder apiKey(String apiKey) {
            this.apiKey = apiKey;
            return this;
        }

        public Builder baseUrl(String baseUrl) {
            this.baseUrl = baseUrl;
            return this;
        }

        /** Until the headers of an answer must be there. Default: a minute. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** How often a request that may be repeated is repeated. Default: 2. */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /** @throws IllegalStateException without a key */
        public KubiyaClient build() {
            if (apiKey == null || apiKey.isBlank()) {
                throw new IllegalStateException("no API key: pass one or set KUBIYA_API_KEY");
            }
            return new KubiyaClient(
                    new Transport(apiKey, baseUrl == null ? DEFAULT_BASE_URL : baseUrl, timeout, maxRetries));
        }
    }
}
