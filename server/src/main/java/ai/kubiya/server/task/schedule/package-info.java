/**
 * Schedules: tasks that begin at a time, once or again and again. A schedule that is active always has its next task, pending,
 * which the timer begins; table: schedule. What must stay true: for each of its times a schedule has at most one task, which
 * the database sees to, however many servers there are.
 */
@NullMarked
package ai.kubiya.server.task.schedule;

import org.jspecify.annotations.NullMarked;
