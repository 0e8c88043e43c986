/**
 * Tasks: what a user asked to be run, an agent with a prompt, a tool or a workflow. The running itself is an execution, one
 * for each attempt; the task is the durable record above it, with retries and a result. {@link
 * ai.kubiya.server.task.TaskService} is for those who ask, {@link ai.kubiya.server.task.TaskRuns} begins attempts and takes
 * their ends. Table: task. What must stay true: an attempt and the task's knowledge of it begin in one transaction, and the
 * end of the one is the end of the other.
 */
@NullMarked
package ai.kubiya.server.task;

import org.jspecify.annotations.NullMarked;
