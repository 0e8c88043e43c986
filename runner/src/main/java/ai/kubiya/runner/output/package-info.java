/**
 * From the bytes a tool prints to events: decoding, masking of secrets, lines, and the limit on what is kept.
 *
 * <p>What must stay true: text is masked before anything else looks at it, and what could be the beginning of a secret
 * is held back until it is known.
 */
@NullMarked
package ai.kubiya.runner.output;

import org.jspecify.annotations.NullMarked;
