package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire shapes of webhooks, the same on both surfaces. */
public final class WebhookJson {
    /** Fields that only the server sets; clients send them back after reading them. */
    static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "kind",
            "secret",
            "previous_secret_expires_at",
            "webhook_url",
            "org",
            "agent_name",
            "status_reason",
            "delivery_attempts",
            "successful_deliveries",
            "failed_deliveries",
            "last_triggered_at",
            "failing_since",
            "paused_until",
            "created_by",
            "updated_by",
            "created_at",
            "updated_at");

    private static final String MASK = "whsec_********";

    private WebhookJson() {}

    public static ObjectNode of(Webhook webhook) {
        return of(webhook, null);
    }

    /** @param secret to be shown this once; null = masked */
    public static ObjectNode of(Webhook webhook, @Nullable String secret) {
        ObjectNode json = Json.object()
                .put("id", webhook.id().toString())
                .put("uuid", webhook.id().toString())
                .put("kind", webhook.kind().wireName());
        json.setAll(writable(webhook));
        json.put("status_reason", webhook.statusReason());
        switch (webhook.kind()) {
            case OUTGOING -> {
                json.put("secret", secret == null ? webhook.signed() ? MASK : null : secret)
                        .put("previous_secret_expires_at", Json.time(webhook.previousSecretUntil()))
                        .put("delivery_attempts", webhook.health().attempts())
                        .put("successful_deliveries", webhook.health().succeeded())
                        .put("failed_deliveries", webhook.health().failed());
            }
            case INCOMING -> json.put("webhook_url", webhook.url()).put("org", webhook.organizationName());
        }
        return json.put("last_triggered_at", Json.time(webhook.health().lastTriggeredAt()))
                .put("failing_since", Json.time(webhook.health().failingSince()))
                .put("paused_until", Json.time(webhook.health().pausedUntil()))
                .put("created_by", webhook.createdBy())
                .put("updated_by", webhook.updatedBy())
                .put("created_at", Json.time(webhook.createdAt()))
                .put("updated_at", Json.time(webhook.updatedAt()));
    }

    /** The fields that a client may change, as it would send them. */
    static ObjectNode writable(Webhook webhook) {
        return webhook.definition().toJson().put("status", webhook.active() ? "active" : "disabled");
    }
}
