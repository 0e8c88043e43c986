package ai.kubiya.runner.template;

import java.util.List;

/**
 * A script ready to run.
 *
 * @param warnings places where the script hands a value to something that evaluates it again, which no quoting can
 *     make safe; for the tool's author to read
 */
public record Rendered(String text, List<String> warnings) {
    public Rendered {
        warnings = List.copyOf(warnings);
    }
}
