package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.AnswerAssert;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody who posts events to a webhook.
 *
 * @param owner who made the webhook
 * @param outside posts without a key
 * @param path of the webhook's url
 */
record Sender(ApiClient owner, ApiClient outside, String id, String path) {

    /** @param more fields besides name and agent, each with a comma before it */
    static Sender to(ApiClient owner, ApiClient outside, String agent, String more) {
        Answer made = owner.post("/v1/webhooks", "{\"name\": \"hook\", \"agent_id\": \"%s\"%s}".formatted(agent, more));
        AnswerAssert.assertThat(made).hasStatus(201);
        return new Sender(owner, outside, made.id(), made.text("/webhook_url").replaceFirst("^http://[^/]+", ""));
    }

    Answer post(String payload) {
        return outside.send("POST", path, payload.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String payload, Map<String, String> headers) {
        ApiClient with = outside;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            with = with.withHeader(header.getKey(), header.getValue());
        }
        return with.send("POST", path, payload.getBytes(StandardCharsets.UTF_8));
    }

    Answer event(String event) {
        return owner.get("/v1/webhooks/" + id + "/events/" + event);
    }

    /** Waits until an event is over. */
    Answer ended(String event) {
        return Eventually.see(
                () -> event(event), answer -> !List.of("accepted", "running").contains(answer.text("/status")));
    }

    List<JsonNode> events() {
        return owner.get("/v1/webhooks/" + id + "/events").rows();
    }

    /** The message that an event made to the agent. */
    String prompt(Answer event) {
        return owner.get("/v1/sessions/" + event.text("/session_id") + "/messages")
                .at("/data/0/content")
                .asText();
    }

    static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
