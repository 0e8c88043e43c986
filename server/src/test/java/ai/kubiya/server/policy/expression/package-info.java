/** Tests of the language of policies. */
@NullMarked
package ai.kubiya.server.policy.expression;

import org.jspecify.annotations.NullMarked;
