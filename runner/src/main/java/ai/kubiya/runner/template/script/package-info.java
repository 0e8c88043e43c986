/**
 * Writes values into scripts as data: follows the script's own syntax over the text written so far, and quotes each
 * value for the place it lands in.
 *
 * <p>Must stay true: when the place of a value is in doubt, the value is written only if it is plain (see
 * {@code Plain}); otherwise the run is refused. A wrong refusal is an error message, a wrong guess runs a stranger's
 * command.
 */
@NullMarked
package ai.kubiya.runner.template.script;

import org.jspecify.annotations.NullMarked;
