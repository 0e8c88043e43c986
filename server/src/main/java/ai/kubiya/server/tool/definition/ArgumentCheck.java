package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the arguments of a call against those that a tool declares. */
public final class ArgumentCheck {

    private static final int LONGEST_SHOWN = 80;

    private ArgumentCheck() {}

    /**
     * Fills in defaults, turns values into the declared types where nothing is lost, and finds every problem.
     *
     * @param sent an object, or null or JSON null for none
     */
    public static CheckedArguments check(List<Argument> declared, @Nullable JsonNode sent) {
        if (sent != null && !sent.isNull() && !sent.isMissingNode() && !sent.isObject()) {
            return new CheckedArguments.Refused(List.of(new Problem("/args", "must be an object, got " + shown(sent))));
        }
        List<Problem> problems = new ArrayList<>();
        SequencedMap<String, JsonNode> values = new LinkedHashMap<>();
        for (Argument argument : declared) {
            JsonNode value = sent == null ? null : sent.get(argument.name());
            if (value == null || value.isNull()) {
                if (argument.defaultValue() != null) {
                    values.put(argument.name(), argument.defaultValue());
                } else if (argument.required()) {
                    problems.add(new Problem(pointer(argument.name()), "is required"));
                }
                continue;
            }
            JsonNode coerced = Coercion.to(argument.type(), value);
            if (coerced == null) {
                String expected = "must be " + argument.type().description();
                problems.add(new Problem(pointer(argument.name()), expected + ", got " + shown(value)));
            } else if (!allowed(argument, coerced)) {
                String options =
                        argument.options().stream().map(JsonNode::asText).collect(Collectors.joining(", "));
                String message = "must be one of " + options + ", got " + shown(value);
                problems.add(new Problem(pointer(argument.name()), message));
            } else {
                values.put(argument.name(), coerced);
            }
        }
        if (sent != null && sent.isObject()) {
            sent.fieldNames().forEachRemaining(name -> {
                if (declared.stream().noneMatch(argument -> argument.name().equals(name))) {
                    problems.add(new Problem(pointer(name), unknown(declared)));
                }
            });
        }
        return problems.isEmpty() ? new CheckedArguments.Accepted(values) : new CheckedArguments.Refused(problems);
    }

    /** Whether a call without this argument is refused. */
    static boolean mustBeSent(Argument argument) {
        return argument.required() && argument.defaultValue() == null;
    }

    /** Compared as text: 1 and 1.0 differ in JSON's number classes, not for whoever wrote the options. */
    private static boolean allowed(Argument argument, JsonNode value) {
        return argument.options().isEmpty()
                || argument.options().stream()
                        .anyMatch(option ->
                                option.equals(value) || option.asText().equals(value.asText()));
    }

    private static String unknown(List<Argument> declared) {
        if (declared.isEmpty()) {
            return "is not an argument of this tool, which takes none";
        }
        return "is not an argument of this tool; it takes "
                + declared.stream().map(Argument::name).collect(Collectors.joining(", "));
    }

    private static String pointer(String name) {
        return "/args/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
