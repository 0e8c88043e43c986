/**
 * The functions of templates, over JSON values: Go's own, and those of sprig that tools use.
 *
 * <p>Entry point: {@link ai.kubiya.runner.template.function.Functions}. Must stay true: a function's result is a value
 * like any other, and its work is charged to the {@link ai.kubiya.runner.template.function.Budget} before it is done.
 */
@NullMarked
package ai.kubiya.runner.template.function;

import org.jspecify.annotations.NullMarked;
