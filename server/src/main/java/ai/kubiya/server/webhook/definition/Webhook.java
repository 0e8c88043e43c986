package ai.kubiya.server.webhook.definition;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its row says, without its secrets.
 *
 * @param url where senders post to; null for outgoing ones, and when the master key was lost
 * @param active whether it does anything
 * @param statusReason why the server disabled it; empty when somebody else did
 * @param signed whether it has a secret
 * @param previousSecretUntil how long the secret before this one is good; null = there is none
 * @param afterPosition it is told of events after this place
 * @param createdBy email of the user who made it
 * @param version counts its changes
 */
public record Webhook(
        UUID id,
        UUID organizationId,
        String organizationName,
        Definition definition,
        @Nullable String url,
        boolean active,
        String statusReason,
        boolean signed,
        @Nullable Instant previousSecretUntil,
        long afterPosition,
        Health health,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public Kind kind() {
        return definition.kind();
    }

    /** A subscription's definition. */
    public Outgoing outgoing() {
        if (definition instanceof Outgoing outgoing) {
            return outgoing;
        }
        throw new IllegalStateException("not an outgoing webhook: " + id);
    }

    public Incoming incoming() {
        if (definition instanceof Incoming incoming) {
            return incoming;
        }
        throw new IllegalStateException("not an incoming webhook: " + id);
    }

    Webhook withUrl(String shown) {
        return new Webhook(
                id,
                organizationId,
                organizationName,
                definition,
                shown,
                active,
                statusReason,
                signed,
                previousSecretUntil,
                afterPosition,
                health,
                createdBy,
                updatedBy,
                createdAt,
                updatedAt,
                version);
    }

    /** Without the url, which lets in whoever knows it. */
    @Override
    public String toString() {
        return "Webhook[" + id + ", " + definition.title() + "]";
    }

    /**
     * How deliveries go.
     *
     * @param succeeded deliveries
     * @param failed deliveries that were given up
     * @param failingSince when the first attempt failed since the last that did not
     * @param pausedUntil the endpoint is left alone until then
     */
    public record Health(
            long attempts,
            long succeeded,
            long failed,
            @Nullable Instant lastTriggeredAt,
            @Nullable Instant failingSince,
            @Nullable Instant pausedUntil) {}
}
