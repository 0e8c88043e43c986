/**
 * One turn of an agent: from a person's message to the agent's answer, over any number of model steps and tool calls.
 *
 * <p>Entry point: {@link ai.kubiya.server.agent.chat.loop.TurnLoop}. It knows neither HTTP nor the database: what it
 * does is written to a {@link ai.kubiya.server.agent.chat.loop.TurnJournal}, tools run as executions behind {@link
 * ai.kubiya.server.agent.chat.loop.ToolCalls}.
 *
 * <p>What must stay true: whatever the journal holds is enough to go on after a crash, from exactly there; a tool call
 * with an execution is awaited and never started again; what tools print reaches the model as data.
 */
@NullMarked
package ai.kubiya.server.agent.chat.loop;

import org.jspecify.annotations.NullMarked;
