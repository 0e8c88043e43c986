/** Tells git hosts how commits fared. {@link ai.kubiya.server.gitops.status.CommitStatuses} is what every host can do. */
@NullMarked
package ai.kubiya.server.gitops.status;

import org.jspecify.annotations.NullMarked;
