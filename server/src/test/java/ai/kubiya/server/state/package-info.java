/** Terraform's states, told over HTTP and by the real Terraform. */
@NullMarked
package ai.kubiya.server.state;

import org.jspecify.annotations.NullMarked;
