/** Tests of looking for drift. */
@NullMarked
package ai.kubiya.server.drift;

import org.jspecify.annotations.NullMarked;
