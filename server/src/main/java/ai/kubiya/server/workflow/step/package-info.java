/** Makes executions of steps: runs of tools, turns of agents, requests, workflows within workflows. */
@NullMarked
package ai.kubiya.server.workflow.step;

import org.jspecify.annotations.NullMarked;
