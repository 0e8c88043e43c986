/**
 * Terraform's state of projects: the backend that Terraform's own {@code http} backend speaks to, its lock, and every
 * version there ever was. {@link ai.kubiya.server.state.StateService} reads and writes, {@link
 * ai.kubiya.server.state.StateLocks} locks, {@link ai.kubiya.server.state.StateAccess} is for those who run Terraform.
 * It knows of a project only its id. Tables: project_state, project_state_version.
 *
 * <p>What must stay true: of two who write at once exactly one wins, because both hold the row of {@code project_state};
 * a version that was written never changes; a serial never goes back within a lineage; who does not hold the lock that
 * is there changes nothing.
 */
@NullMarked
package ai.kubiya.server.state;

import org.jspecify.annotations.NullMarked;
