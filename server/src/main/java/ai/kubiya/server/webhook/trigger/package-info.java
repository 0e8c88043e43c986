/**
 * What filters and prompts of webhooks see of an event. Both are written by users over data that strangers send, so what
 * they may cost is bounded.
 */
@NullMarked
package ai.kubiya.server.webhook.trigger;

import org.jspecify.annotations.NullMarked;
