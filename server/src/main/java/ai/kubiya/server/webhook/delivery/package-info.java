/**
 * Carries what webhooks send: durable, at least once, tried again for about a day, in order where asked. Tables:
 * webhook_delivery, webhook_attempt, webhook_endpoint. What must stay true: an event is delivered to a webhook by one row,
 * a slow or broken endpoint holds up no other, and whoever takes a delivery writes its end only while nobody else has it.
 */
@NullMarked
package ai.kubiya.server.webhook.delivery;

import org.jspecify.annotations.NullMarked;
