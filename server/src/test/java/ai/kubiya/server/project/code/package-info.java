/** Tests of what is read of Terraform code. */
@NullMarked
package ai.kubiya.server.project.code;

import org.jspecify.annotations.NullMarked;
