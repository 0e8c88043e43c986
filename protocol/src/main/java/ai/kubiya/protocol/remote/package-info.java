/**
 * What a remote runner and the server say to each other, as JSON over HTTPS: {@code POST
 * /api/v3/runners/{runner}/{call}} with the runner's token. Every request record says which call it is of, and every
 * call may be repeated. Both sides ignore fields that they do not know, so that either can be upgraded first;
 * {@link ai.kubiya.protocol.remote.Wire#VERSION} changes when that is not enough.
 */
@NullMarked
package ai.kubiya.protocol.remote;

import org.jspecify.annotations.NullMarked;
