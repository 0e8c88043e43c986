/** Replace me. */
@NullMarked
package ai.kubiya.runner;

import org.jspecify.annotations.NullMarked;
