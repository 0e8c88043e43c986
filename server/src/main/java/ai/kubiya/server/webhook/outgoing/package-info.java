/**
 * Tells subscribers of events: makes deliveries of events, once for each subscription, and signs them as Standard Webhooks
 * says.
 */
@NullMarked
package ai.kubiya.server.webhook.outgoing;

import org.jspecify.annotations.NullMarked;
