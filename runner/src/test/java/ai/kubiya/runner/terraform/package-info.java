/** Tests with the real Terraform. */
@NullMarked
package ai.kubiya.runner.terraform;

import org.jspecify.annotations.NullMarked;
