/** What is particular to those who send events: how they sign, how they name a delivery, what they ask before they begin. */
@NullMarked
package ai.kubiya.server.webhook.incoming.sender;

import org.jspecify.annotations.NullMarked;
