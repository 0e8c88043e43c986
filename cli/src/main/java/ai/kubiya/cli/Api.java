package ai.kubiya.cli;

import ai.kubiya.sdk.Call;
import ai.kubiya.sdk.CallOptions;
import ai.kubiya.sdk.EventStream;
import ai.kubiya.sdk.KubiyaClient;
import ai.kubiya.sdk.Page;
import ai.kubiya.sdk.Transport;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the server by path, for commands that are the same for all resources. */
final class Api {
    private final Transport transport;

    Api(String url, String key) {
        String base = url.replaceAll("/+$", "");
        // People give the address of the server as well as that of the API.
        transport =
                KubiyaClient.of(key, base.endsWith("/v1") ? base : base + "/v1").transport();
    }

    private static Call call(String method, String path, @Nullable Object body, Map<String, ?> query) {
        CallOptions options = CallOptions.NONE;
        for (var parameter : query.entrySet()) {
            options = options.with(parameter.getKey(), parameter.getValue());
        }
        return new Call(method, path, List.of(), body, body != null, options);
    }

    Page<JsonNode> page(String path, Map<String, ?> query) {
        return transport.list(call("GET", path, null, query), JsonNode.class).page();
    }

    List<JsonNode> all(String path, Map<String, ?> query) {
        return transport.list(call("GET", path, null, query), JsonNode.class).all();
    }

    JsonNode get(String path) {
        return transport.json(call("GET", path, null, Map.of()), JsonNode.class);
    }

    JsonNode send(String method, String path, @Nullable Object body) {
        return transport.json(call(method, path, body, Map.of()), JsonNode.class);
    }

    EventStream stream(String method, String path, @Nullable Object body, Map<String, ?> query) {
        return transport.stream(call(method, path, body, query));
    }

    void close() {
        transport.close();
    }
}
