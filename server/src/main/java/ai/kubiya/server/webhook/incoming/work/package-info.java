/** What events can start. */
@NullMarked
package ai.kubiya.server.webhook.incoming.work;

import org.jspecify.annotations.NullMarked;
