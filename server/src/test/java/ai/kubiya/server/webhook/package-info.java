/** Webhooks of both directions, over HTTP, with real receivers and senders. */
@NullMarked
package ai.kubiya.server.webhook;

import org.jspecify.annotations.NullMarked;
