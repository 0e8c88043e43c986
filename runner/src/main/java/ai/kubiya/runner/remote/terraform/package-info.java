/**
 * Plans and applies for a server elsewhere: {@link ai.kubiya.runner.remote.terraform.TerraformWorker} takes them, fetches
 * code and values, has {@link ai.kubiya.runner.terraform.TerraformDriver} do the work and reports.
 *
 * <p>What must stay true: values are in memory, or in files that nobody else can read and that go with the run. While the
 * server is away Terraform goes on. A state that could not be handed over stays on the disk, and is offered again until
 * somebody has looked at it: also by the next process, when this one is killed.
 */
@NullMarked
package ai.kubiya.runner.remote.terraform;

import org.jspecify.annotations.NullMarked;
