package ai.kubiya.server.webhook.delivery;

/** Makes the call for a delivery of its cargo. */
public interface Carrier {
    Carried carry(Delivery delivery);

    /** Whether a webhook whose deliveries fail for days, or are not wanted any more, is disabled. */
    boolean mayDisable();
}
