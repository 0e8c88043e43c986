/**
 * The work of turns: {@link ai.kubiya.server.agent.chat.work.TurnTaker} puts together what the loop needs: a journal in the
 * database, tools that run as executions, a model. Table: turn_tool_call. What must stay true: whatever is written carries the lease's token.
 */
@NullMarked
package ai.kubiya.server.agent.chat.work;

import org.jspecify.annotations.NullMarked;
