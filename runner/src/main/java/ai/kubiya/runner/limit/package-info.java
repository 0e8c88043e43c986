/**
 * Measures what a run uses and says which limit it crossed: by cgroups where this process may make some, otherwise by
 * looking at {@code /proc}.
 */
@NullMarked
package ai.kubiya.runner.limit;

import org.jspecify.annotations.NullMarked;
