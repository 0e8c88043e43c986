package ai.kubiya.server.contract;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The description itself; open, because tools that read it have no key, and it tells nothing that the sources do not. */
public final class ContractRoutes implements Routes {
    private final ApiDescription description;

    public ContractRoutes(ApiDescription description) {
        this.description = description;
    }

    @Override
    public void addTo(Router router) {
        router.open("GET", "/openapi.yaml", this::yaml).open("GET", "/openapi.json", this::json);
    }

    private Response yaml(Request request) {
        return tagged("application/yaml", description.yaml());
    }

    private Response json(Request request) {
        return tagged("application/json", Json.text(description.document()).getBytes(StandardCharsets.UTF_8));
    }

    private static Response tagged(String contentType, byte[] body) {
        return new Response.Whole(200, Map.of("ETag", tag(body)), contentType, body);
    }

    private static String tag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(digest)
                            .substring(0, 22) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
