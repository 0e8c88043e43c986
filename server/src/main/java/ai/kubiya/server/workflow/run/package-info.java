/** Takes workflows to their end: begins steps that are ready, judges those that ended, and remembers both. */
@NullMarked
package ai.kubiya.server.workflow.run;

import org.jspecify.annotations.NullMarked;
