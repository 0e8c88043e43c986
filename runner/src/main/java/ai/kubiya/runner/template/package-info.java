/**
 * Puts argument values into tool scripts: a Go text/template whose results are quoted for the place they stand in.
 *
 * <p>Entry points: {@link ai.kubiya.runner.template.TemplateRenderer} and, for a check without values,
 * {@link ai.kubiya.runner.template.TemplateCheck}. Text becomes nodes ({@code ActionLexer}, {@code TemplateParser}),
 * nodes become a script ({@code Evaluator}), and the {@code script} package decides how each value is written.
 *
 * <p>Must stay true: what an author wrote and what a caller sent never take the same path. Author's text goes to
 * {@code Script.literal}, everything computed from a value goes to {@code Script.value}; no function leads from the
 * second to the first. What is not ours stays as it is, byte for byte. Work and output are bounded.
 */
@NullMarked
package ai.kubiya.runner.template;

import org.jspecify.annotations.NullMarked;
