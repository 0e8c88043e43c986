/**
 * The language of policies: CEL, the Common Expression Language, without what makes values grow. It knows neither
 * organisations nor tools; an expression is text, what it judges is JSON.
 */
@NullMarked
package ai.kubiya.server.policy.language;

import org.jspecify.annotations.NullMarked;
