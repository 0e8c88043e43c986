/**
 * Takes runs of tools from a {@link ai.kubiya.protocol.WorkSource}, executes them in isolation and streams what they
 * print. Start at {@link ai.kubiya.runner.Runner}; one run's way is {@code LeasedRun}, top to bottom.
 *
 * <p>What must stay true: a run is finished exactly once and after all its events; no process of a run outlives it, not
 * even when this process is killed; memory does not grow with what a tool prints; no secret value leaves this package.
 */
@NullMarked
package ai.kubiya.runner;

import org.jspecify.annotations.NullMarked;
