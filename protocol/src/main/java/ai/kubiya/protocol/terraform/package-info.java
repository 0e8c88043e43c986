/**
 * What a remote runner and the server say to each other about plans and applies of Terraform, besides what they say about
 * all runs. What is large goes as an archive, see {@link ai.kubiya.protocol.terraform.Archives}; the state goes the way of
 * Terraform's own {@code http} backend.
 */
@NullMarked
package ai.kubiya.protocol.terraform;

import org.jspecify.annotations.NullMarked;
