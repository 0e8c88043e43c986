/**
 * Values that tools need and nobody may see. For now the operator gives them by environment variable.
 */
@NullMarked
package ai.kubiya.server.secret;

import org.jspecify.annotations.NullMarked;
