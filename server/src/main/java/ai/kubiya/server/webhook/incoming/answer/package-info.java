/** Brings answers to where webhooks want them: a url, Slack, Teams. */
@NullMarked
package ai.kubiya.server.webhook.incoming.answer;

import org.jspecify.annotations.NullMarked;
