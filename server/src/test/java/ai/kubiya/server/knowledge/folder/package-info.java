/** Tests of folders that are kept as knowledge. */
@NullMarked
package ai.kubiya.server.knowledge.folder;

import org.jspecify.annotations.NullMarked;
