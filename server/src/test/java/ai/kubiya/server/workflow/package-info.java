/** Workflows. */
@NullMarked
package ai.kubiya.server.workflow;

import org.jspecify.annotations.NullMarked;
