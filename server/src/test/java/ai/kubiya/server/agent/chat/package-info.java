/** Conversations as their users see them: over HTTP, with the real database and a scripted model. */
@NullMarked
package ai.kubiya.server.agent.chat;

import org.jspecify.annotations.NullMarked;
