/**
 * Agents (AI teammates): what they are told, which tools, sources and models they use. Table: agent. What must stay true:
 * an agent refers only to sources, tools, secrets, runners and models that existed when it was saved.
 */
@NullMarked
package ai.kubiya.server.agent;

import org.jspecify.annotations.NullMarked;
