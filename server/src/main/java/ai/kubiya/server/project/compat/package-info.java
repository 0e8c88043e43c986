/**
 * Projects as older clients know them: use cases, which are templates and projects in one list; tasks, which are projects, plans
 * and executions under one address; and stacks, whose code is in the request.
 *
 * <p>What must stay true: nothing is decided here. Ids are those of projects and of their runs; a run is a plan and an
 * execution at the same time.
 */
@NullMarked
package ai.kubiya.server.project.compat;

import org.jspecify.annotations.NullMarked;
