/**
 * Webhooks in both directions. {@code definition} is what they are, {@code outgoing} tells subscribers of events, {@code
 * incoming} takes events and starts what they are for, {@code delivery} carries what either sends, {@code trigger} is what
 * filters and prompts see of an event. Here are the routes to all of it.
 */
@NullMarked
package ai.kubiya.server.webhook;

import org.jspecify.annotations.NullMarked;
