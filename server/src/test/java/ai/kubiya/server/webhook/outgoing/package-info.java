@NullMarked
package ai.kubiya.server.webhook.outgoing;

import org.jspecify.annotations.NullMarked;
