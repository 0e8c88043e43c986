/**
 * Takes events from senders and starts what they are for. Table: received_event. What must stay true: an event is stored
 * before its sender is told that it was accepted, and what it starts begins in the transaction that says so, so that it is
 * started once, whatever dies in between.
 */
@NullMarked
package ai.kubiya.server.webhook.incoming;

import org.jspecify.annotations.NullMarked;
