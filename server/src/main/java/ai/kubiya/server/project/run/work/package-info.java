/**
 * Does the work of runs. {@link ai.kubiya.server.project.run.work.RunPreparation} brings the code and the values, {@link
 * ai.kubiya.server.project.run.work.RunResults} writes down what came of it; in between {@link
 * ai.kubiya.runner.terraform.TerraformDriver} plans or applies. For the embedded runner all of it is here: start at {@link
 * ai.kubiya.server.project.run.work.RunWorker}. For others the middle is on their side, see the package {@code remote}.
 */
@NullMarked
package ai.kubiya.server.project.run.work;

import org.jspecify.annotations.NullMarked;
