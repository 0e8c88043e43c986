/**
 * Where a tool runs: a container, a bubblewrap sandbox, or the bare host. {@code ExecutorChoice} picks one for a run;
 * {@link ai.kubiya.runner.executor.Sandbox} is also used on its own, to run code that is not a tool.
 *
 * <p>What must stay true: every process is started by {@link ai.kubiya.runner.executor.ProcessLauncher}; no value of an
 * environment variable stands on a command line or reaches a program outside the isolation.
 */
@NullMarked
package ai.kubiya.runner.executor;

import org.jspecify.annotations.NullMarked;
