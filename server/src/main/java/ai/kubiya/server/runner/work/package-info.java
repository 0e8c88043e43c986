/**
 * Hands runs to runners and takes their reports: {@link ai.kubiya.server.runner.work.EmbeddedWorkSource} for the one in
 * this process, {@link ai.kubiya.server.runner.work.WorkRoutes} for those elsewhere. What must stay true: a remote runner
 * may repeat every call, on any server, and nothing is done twice.
 */
@NullMarked
package ai.kubiya.server.runner.work;

import org.jspecify.annotations.NullMarked;
