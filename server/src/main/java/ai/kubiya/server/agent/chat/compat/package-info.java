/**
 * Conversations as existing clients speak them: other framings of the same turns. Entry point: {@link
 * ai.kubiya.server.agent.chat.compat.ChatCompatRoutes}.
 */
@NullMarked
package ai.kubiya.server.agent.chat.compat;

import org.jspecify.annotations.NullMarked;
