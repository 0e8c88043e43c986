/**
 * Runs the real {@code terraform} or {@code tofu}: plans into a file, applies that file, streams what it prints and keeps the
 * state safe. Start at {@link ai.kubiya.runner.terraform.TerraformDriver}.
 *
 * <p>Terraform works on a local state file, which it writes after every single change; its {@code http} backend writes
 * every 20 seconds at most, so a killed process would forget what it made since. {@code StateKeeper} passes the file on
 * through a {@link ai.kubiya.runner.terraform.StateLink}, again and again while it grows.
 *
 * <p>What must stay true: values of variables and secrets stand in no command line and in no output; whoever cancels
 * interrupts first and kills later; a state that could not be handed over stays on the disk.
 */
@NullMarked
package ai.kubiya.runner.terraform;

import org.jspecify.annotations.NullMarked;
