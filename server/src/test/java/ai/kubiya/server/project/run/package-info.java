/** Tests of runs of projects, with the real Terraform. */
@NullMarked
package ai.kubiya.server.project.run;

import org.jspecify.annotations.NullMarked;
