/**
 * Settings: every one is a constant of {@link ai.kubiya.server.config.Setting}, read from flags, environment and file, in this order.
 */
@NullMarked
package ai.kubiya.server.config;

import org.jspecify.annotations.NullMarked;
