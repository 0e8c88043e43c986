/** Tests of plans and applies on remote runners. */
@NullMarked
package ai.kubiya.server.project.run.remote;

import org.jspecify.annotations.NullMarked;
