/** Tests. */
@NullMarked
package ai.kubiya.server.knowledge.meaning;

import org.jspecify.annotations.NullMarked;
