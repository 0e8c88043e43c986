/**
 * A front that speaks the protocol of OpenAI's chat completions: any of its clients can talk to an agent. The model's
 * name is the agent's. Entry point: {@link ai.kubiya.server.openai.OpenAiRoutes}; no tables.
 */
@NullMarked
package ai.kubiya.server.openai;

import org.jspecify.annotations.NullMarked;
