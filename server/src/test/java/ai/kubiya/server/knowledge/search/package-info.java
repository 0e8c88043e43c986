/** Tests. */
@NullMarked
package ai.kubiya.server.knowledge.search;

import org.jspecify.annotations.NullMarked;
