/**
 * Terraform code that projects are made of: folders of git repositories, and the code that other projects have.
 *
 * <p>What must stay true: a template is kept nowhere. Its id says where its code is, so that it can be found again after a
 * restart, and by another server.
 */
@NullMarked
package ai.kubiya.server.project.template;

import org.jspecify.annotations.NullMarked;
