package ai.kubiya.runner.terraform;

import ai.kubiya.protocol.RunLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Terraform runs here.
 *
 * @param program path or name of the program; empty = {@code terraform}, then {@code tofu}
 * @param plugins a directory with providers in the layout of a file system mirror, or null
 * @param network whether Terraform, and with it every provider and provisioner, shares the host's network
 * @param limits what one plan or apply may use; the time includes {@code init}
 * @param grace how long Terraform may take to end after it was interrupted
 * @param path where programs are looked for
 */
public record TerraformSettings(
        String program, @Nullable Path plugins, boolean network, RunLimits limits, Duration grace, String path) {}
