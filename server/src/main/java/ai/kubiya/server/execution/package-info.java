/**
 * Everything that runs is an execution: one durable record, one event log, one way to stream and to cancel.
 * {@link ai.kubiya.server.execution.ExecutionService} is for those who ask, {@link ai.kubiya.server.execution.Leases} for
 * those who do the work. Tables: execution, execution_event. What must stay true: only the holder of the current lease
 * token writes events, and an execution that is over never changes again. {@link
 * ai.kubiya.server.execution.WaitingExecutions} is for those who let an execution begin, or go on.
 */
@NullMarked
package ai.kubiya.server.execution;

import org.jspecify.annotations.NullMarked;
