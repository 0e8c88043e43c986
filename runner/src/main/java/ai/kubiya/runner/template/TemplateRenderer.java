package ai.kubiya.runner.template;

import ai.kubiya.protocol.ToolArgument;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.template.BadTemplate.Position;
import ai.kubiya.runner.template.function.Numbers;
import ai.kubiya.runner.template.script.PlainText;
import ai.kubiya.runner.template.script.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the values of a run's arguments into its content. */
public final class TemplateRenderer {
    private TemplateRenderer() {}

    public static Rendered render(ToolRun run) throws BadTemplate {
        return render(run.content(), run.declared(), run.arguments(), Language.of(run));
    }

    /**
     * Renders one script.
     *
     * @throws BadTemplate if the template is wrong, or a value cannot be written safely where it would stand
     */
    public static Rendered render(
            String content, List<ToolArgument> declared, Map<String, JsonNode> arguments, Language language)
            throws BadTemplate {
        Set<String> names = new HashSet<>();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (ToolArgument argument : declared) {
            names.add(argument.name());
            JsonNode value = arguments.get(argument.name());
            if (value != null) {
                root.set(argument.name(), typed(argument.type(), value));
            }
        }
        List<Node> nodes = TemplateParser.parse(content, names).nodes();
        Script script = language.script();
        String text = new Evaluator(content, root, script).run(nodes);
        // The first line decides what starts the script, and the language was decided on the content.
        if (text.startsWith("#!") && !firstLine(text).equals(firstLine(content))) {
            throw new BadTemplate(
                    new Position(1, 1), "the #! line must stand in the content as it is, without actions");
        }
        return new Rendered(text, script.warnings());
    }

    /**
     * Writes a text for people or models, in which values stand as they are. Every field is one of the data's, and one that
     * the data has not is empty.
     *
     * @throws BadTemplate if the template is wrong, or asks for something that the data does not allow
     */
    public static String text(String content, JsonNode data) throws BadTemplate {
        List<Node> nodes = TemplateParser.parseOwn(content).nodes();
        return new Evaluator(content, data, new PlainText()).run(nodes);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Text that was sent for a number or a truth value, as the declared type says. */
    private static JsonNode typed(String type, JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        String text = value.textValue();
        return switch (type) {
            case "int" -> Numbers.isInteger(text) ? Numbers.parse(text) : value;
            case "float" -> Numbers.isNumber(text) ? Numbers.parse(text) : value;
            case "bool" ->
                text.equals("true") || text.equals("false") ? BooleanNode.valueOf(text.equals("true")) : value;
            default -> value;
        };
    }
}
