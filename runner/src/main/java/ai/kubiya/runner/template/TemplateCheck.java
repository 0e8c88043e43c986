package ai.kubiya.runner.template;

import ai.kubiya.protocol.ToolArgument;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be said of a tool's template without values.
 *
 * @param errors what is wrong with it; empty if it can be rendered
 * @param used the declared arguments that it names, in order of appearance
 * @param untouched what looks like an action and stays as it is, because it names something the tool does not declare
 */
public record TemplateCheck(List<BadTemplate> errors, List<String> used, List<String> untouched) {
    public TemplateCheck {
        errors = List.copyOf(errors);
        used = List.copyOf(used);
        untouched = List.copyOf(untouched);
    }

    /** Of a text for {@link TemplateRenderer#text}. */
    public static TemplateCheck ofText(String content) {
        try {
            return new TemplateCheck(
                    List.of(), List.of(), List.copyOf(TemplateParser.parseOwn(content).foreign()));
        } catch (BadTemplate bad) {
            return new TemplateCheck(List.of(bad), List.of(), List.of());
        }
    }

    public static TemplateCheck of(String content, List<ToolArgument> declared) {
        Set<String> names = declared.stream().map(ToolArgument::name).collect(Collectors.toSet());
        try {
            TemplateParser.Parsed parsed = TemplateParser.parse(content, names);
            return new TemplateCheck(List.of(), List.copyOf(parsed.used()), List.copyOf(parsed.foreign()));
        } catch (BadTemplate bad) {
            return new TemplateCheck(List.of(bad), List.of(), List.of());
        }
    }
}
