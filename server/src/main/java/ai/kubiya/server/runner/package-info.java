/**
 * Runners as the server knows them: the embedded one, "local", which is there from the first start, and those elsewhere,
 * each of one organisation. {@link ai.kubiya.server.runner.Runners} chooses one for a run and is what other features see;
 * {@link ai.kubiya.server.runner.RunnerService} is behind the API. Table: runner; see the packages below for the others.
 * What must stay true: a runner's token opens nothing but its runner's work, and silence of a runner is only believed by a
 * server that would have heard it.
 */
@NullMarked
package ai.kubiya.server.runner;

import org.jspecify.annotations.NullMarked;
