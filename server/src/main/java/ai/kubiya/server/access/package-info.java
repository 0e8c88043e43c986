/**
 * Who asks and what they may do. {@link ai.kubiya.server.access.Caller} is the first argument of every service method.
 */
@NullMarked
package ai.kubiya.server.access;

import org.jspecify.annotations.NullMarked;
