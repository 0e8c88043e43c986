/** What a workflow is: its steps, what they depend on, and the rules by which they are begun, repeated and judged. */
@NullMarked
package ai.kubiya.server.workflow.definition;

import org.jspecify.annotations.NullMarked;
