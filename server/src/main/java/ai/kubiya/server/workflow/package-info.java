/**
 * Workflows: steps that depend on each other. {@code definition} is what one is, {@code step} starts each kind of step,
 * {@code run} takes one to its end. Every step is an execution of its own, and what is over is never done again.
 */
@NullMarked
package ai.kubiya.server.workflow;

import org.jspecify.annotations.NullMarked;
