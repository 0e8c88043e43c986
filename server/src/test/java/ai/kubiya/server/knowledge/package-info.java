/** Tests of what an organisation knows. */
@NullMarked
package ai.kubiya.server.knowledge;

import org.jspecify.annotations.NullMarked;
