package ai.kubiya.server.gitops;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A git host as far as a hook sees it: it signs what it sends. */
final class HookSender {
    private final ApiClient anonymous;
    private final String path;
    private final String id;
    private final String provider;
    private final String secret;

    private HookSender(ApiClient anonymous, Answer hook) {
        this.anonymous = anonymous;
        this.path = hook.text("/url").replaceFirst("^https?://[^/]+", "");
        this.id = hook.id();
        this.provider = hook.text("/provider");
        this.secret = hook.text("/secret");
    }

    /** Makes a hook and knows its secret. */
    static HookSender of(ApiClient client, ApiClient anonymous, String hook) {
        Answer made = client.post("/v1/gitops/hooks", hook);
        if (made.status() != 201) {
            throw new AssertionError(made.body());
        }
        return new HookSender(anonymous, made);
    }

    String path() {
        return path;
    }

    /** Where the list of its deliveries is. */
    String deliveries() {
        return "/v1/gitops/hooks/" + id + "/deliveries";
    }

    /** Sends an event of a type, with a delivery id that nothing had before. */
    Answer send(String type, String body) {
        return send(type, UUID.randomUUID().toString(), body);
    }

    Answer send(String type, String delivery, String body) {
        return post(headers(type, delivery, body), body);
    }

    Answer post(Map<String, String> headers, String body) {
        ApiClient client = anonymous.withHeader("Content-Type", "application/json");
        for (var header : headers.entrySet()) {
            client = client.withHeader(header.getKey(), header.getValue());
        }
        return client.send("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, String> headers(String type, String delivery, String body) {
        Map<String, String> headers = new TreeMap<>();
        switch (provider) {
            case "github" -> {
                headers.put("X-GitHub-Event", type);
                headers.put("X-GitHub-Delivery", delivery);
                headers.put("X-Hub-Signature-256", "sha256=" + hmac(body));
            }
            case "gitlab" -> {
                headers.put("X-Gitlab-Event", type);
                headers.put("X-Gitlab-Event-UUID", delivery);
                headers.put("X-Gitlab-Token", secret);
            }
            case "gitea" -> {
                headers.put("X-Gitea-Event", type);
                headers.put("X-Gitea-Delivery", delivery);
                headers.put("X-Gitea-Signature", hmac(body));
            }
            default -> {
                headers.put("X-Delivery-Id", delivery);
                headers.put("X-Hub-Signature-256", "sha256=" + hmac(body));
            }
        }
        return headers;
    }

    private String hmac(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
