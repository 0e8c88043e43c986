/**
 * Projects: infrastructure as code. A project names its code (a folder of a git repository, a template, or files sent
 * along), the values of its variables and the secrets it needs; {@code project.run} plans and applies it.
 *
 * <p>Owns the table {@code project}. Sensitive values are sealed and never answered; a change of code, values or secrets
 * raises {@code inputs_version}, which makes older plans void.
 */
@NullMarked
package ai.kubiya.server.project;

import org.jspecify.annotations.NullMarked;
