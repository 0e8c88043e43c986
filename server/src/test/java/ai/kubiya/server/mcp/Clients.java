package ai.kubiya.server.mcp;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.TestServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.time.Duration;
import java.util.function.Consumer;

/** Clients that somebody else wrote. */
final class Clients {
    private Clients() {}

    static McpSyncClient connect(TestServer server, ApiClient caller, String path, Consumer<String> progress) {
        McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(server.url())
                        .endpoint(path)
                        .addHttpRequestCustomizer((request, method, uri, body, context) ->
                                request.setHeader("Authorization", "Bearer " + caller.key()))
                        .build())
                .requestTimeout(Duration.ofSeconds(60))
                .progressConsumer(notification -> progress.accept(notification.message()))
                .build();
        client.initialize();
        return client;
    }
}
