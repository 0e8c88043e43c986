@NullMarked
package ai.kubiya.server.webhook.trigger;

import org.jspecify.annotations.NullMarked;
