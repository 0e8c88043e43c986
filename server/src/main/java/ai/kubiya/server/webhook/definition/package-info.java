/**
 * What a webhook is: an outgoing one is told of events, an incoming one starts work. Created, read, changed and removed
 * here; what they do is in the packages beside this one. Tables: webhook, webhook_endpoint. What must stay true: a secret is
 * shown once, when it is made.
 */
@NullMarked
package ai.kubiya.server.webhook.definition;

import org.jspecify.annotations.NullMarked;
