/** What tests need of the outside world, made by hand. */
@NullMarked
package ai.kubiya.server.testing;

import org.jspecify.annotations.NullMarked;
