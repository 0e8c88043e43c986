package ai.kubiya.server.model;

import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Clock;
import java.time.Duration;

/** Hands our client to the library, which would otherwise load one and set time-outs of its own on it. */
final class ModelHttpClientBuilder implements HttpClientBuilder {
    private final java.net.http.HttpClient client;
    private final ModelTimeouts timeouts;
    private final Clock clock;

    ModelHttpClientBuilder(java.net.http.HttpClient client, ModelTimeouts timeouts, Clock clock) {
        this.client = client;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    @Override
    public Duration connectTimeout() {
        return timeouts.connect();
    }

    /** Ignored: the library's models overwrite it with a default of their own. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return timeouts.betweenBytes();
    }

    /** Ignored like the other. */
    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public ModelHttpClient build() {
        return new ModelHttpClient(client, timeouts, clock);
    }
}
