/**
 * Conversations with agents: sessions, their messages, and the turns that are taken in them.
 *
 * <p>A turn is an execution of kind agent_turn whose event log is the chat stream. {@link
 * ai.kubiya.server.agent.chat.SessionService} begins turns, {@code work} takes them to their end with the loop in {@code
 * loop}, {@link ai.kubiya.server.agent.chat.TurnFollower} reads them as they are made. Tables: session, session_message.
 * What must stay true: a session has one turn at a time; a turn's last
 * event and the end of its execution are one transaction; a tool call becomes one execution, however often it is started.
 */
@NullMarked
package ai.kubiya.server.agent.chat;

import org.jspecify.annotations.NullMarked;
