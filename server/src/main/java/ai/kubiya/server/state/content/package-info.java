/**
 * What versions of a state hold. {@link ai.kubiya.server.state.content.StateContents} takes a state as it arrives, looks at
 * it on the way and keeps it compressed and encrypted in pieces, so that no size of a state needs more memory than two
 * pieces. The rest reads states, also streaming. Tables: project_state_content, project_state_piece.
 */
@NullMarked
package ai.kubiya.server.state.content;

import org.jspecify.annotations.NullMarked;
