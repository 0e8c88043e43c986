/**
 * What Terraform code says of itself: variables with types, defaults and validations, providers, resources, outputs. Read
 * from the files without running anything: the code is a stranger's, so no expression of it is evaluated, no link is
 * followed out of the repository, and what cannot be read is an entry in {@code errors}.
 *
 * <p>{@link ai.kubiya.server.project.code.ModuleReader} reads a folder, {@link ai.kubiya.server.project.code.CodeFetch}
 * brings it here.
 */
@NullMarked
package ai.kubiya.server.project.code;

import org.jspecify.annotations.NullMarked;
