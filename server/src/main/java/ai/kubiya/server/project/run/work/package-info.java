/**
 * Does the work of runs on the embedded runner: takes their executions from the queue, brings the code and the values, lets
 * {@link ai.kubiya.runner.terraform.TerraformDriver} plan or apply, and writes down what came of it. Start at {@link
 * ai.kubiya.server.project.run.work.RunWorker}.
 */
@NullMarked
package ai.kubiya.server.project.run.work;

import org.jspecify.annotations.NullMarked;
