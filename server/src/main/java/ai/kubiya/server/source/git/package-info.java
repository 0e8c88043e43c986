/**
 * Fetches git repositories for sources: reads the url forms that people paste, checks that the host may be
 * reached, clones one commit, and turns what git says into a sentence about the url.
 */
@NullMarked
package ai.kubiya.server.source.git;

import org.jspecify.annotations.NullMarked;
