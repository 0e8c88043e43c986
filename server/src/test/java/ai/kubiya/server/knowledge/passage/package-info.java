/** Tests. */
@NullMarked
package ai.kubiya.server.knowledge.passage;

import org.jspecify.annotations.NullMarked;
