/**
 * Work that the server does itself, turns and workflows: {@link ai.kubiya.server.execution.work.LeasedWorker} takes it from
 * the queue, keeps its leases and stops it; a {@link ai.kubiya.server.execution.work.Work} says what it is.
 */
@NullMarked
package ai.kubiya.server.execution.work;

import org.jspecify.annotations.NullMarked;
