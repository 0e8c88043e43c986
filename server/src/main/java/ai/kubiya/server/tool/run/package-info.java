/**
 * Runs tools: checks the arguments of a call, queues the execution, and makes from its record what a runner needs.
 * Secret values are looked up when a runner takes the work and are stored nowhere.
 */
@NullMarked
package ai.kubiya.server.tool.run;

import org.jspecify.annotations.NullMarked;
