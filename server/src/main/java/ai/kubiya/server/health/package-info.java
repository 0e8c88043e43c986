/**
 * Whether the server lives, is ready, and how it is doing.
 */
@NullMarked
package ai.kubiya.server.health;

import org.jspecify.annotations.NullMarked;
