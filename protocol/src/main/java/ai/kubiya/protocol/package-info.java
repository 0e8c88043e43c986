/**
 * Messages between the server and a runner. A runner sees nothing of the server but these records and
 * {@link ai.kubiya.protocol.WorkSource}; the embedded runner and a remote one speak the same words.
 */
@NullMarked
package ai.kubiya.protocol;

import org.jspecify.annotations.NullMarked;
