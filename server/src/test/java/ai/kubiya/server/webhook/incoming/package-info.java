@NullMarked
package ai.kubiya.server.webhook.incoming;

import org.jspecify.annotations.NullMarked;
