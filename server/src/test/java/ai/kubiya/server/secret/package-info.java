/** Tests of secrets. */
@NullMarked
package ai.kubiya.server.secret;

import org.jspecify.annotations.NullMarked;
