/** Replace me. */
@NullMarked
package ai.kubiya.server;

import org.jspecify.annotations.NullMarked;
