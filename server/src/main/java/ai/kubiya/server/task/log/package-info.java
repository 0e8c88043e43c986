/** What the attempts of a task write, as one log: read in parts, or followed to the task's end. */
@NullMarked
package ai.kubiya.server.task.log;

import org.jspecify.annotations.NullMarked;
