/** Tests of policies. */
@NullMarked
package ai.kubiya.server.policy;

import org.jspecify.annotations.NullMarked;
