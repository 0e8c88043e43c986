package ai.kubiya.server.project.code;

import ai.kubiya.server.project.code.DeclaredVariable.Validation;
import ai.kubiya.server.project.code.HclBody.Block;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes variables of their blocks. */
final class Declarations {
    private static final Pattern CONTAINS = Pattern.compile("\\bcontains\\s*\\(\\s*(?=\\[)");

    private Declarations() {}

    static DeclaredVariable variable(Block block) {
        HclBody body = block.body();
        Optional<String> given = body.expression("default");
        List<Validation> validations = new ArrayList<>();
        for (Block rule : body.blocks("validation")) {
            validations.add(new Validation(plain(rule.body(), "condition"), text(rule.body(), "error_message")));
        }
        JsonNode otherwise = given.flatMap(HclLiteral::parse).orElse(null);
        return new DeclaredVariable(
                block.label(0),
                type(body),
                text(body, "description"),
                otherwise,
                given.isEmpty(),
                flag(body, "sensitive", false),
                flag(body, "nullable", true),
                options(block.label(0), validations),
                validations);
    }

    /** In JSON syntax, and in old code, a type is a string. */
    private static String type(HclBody body) {
        return body.expression("type")
                .map(expression -> HclLiteral.parse(expression)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .orElse(unquoted(expression)))
                .map(type -> type.replaceAll("\\s+", " ").replaceAll("^\\$\\{(.*)}$", "$1"))
                .orElse("");
    }

    /** A literal string, or the expression that makes one. */
    static String text(HclBody body, String name) {
        return body.expression(name)
                .map(expression -> HclLiteral.parse(expression)
                        .filter(JsonNode::isValueNode)
                        .map(value -> value.asText().strip())
                        .orElse(expression))
                .orElse("");
    }

    private static String plain(HclBody body, String name) {
        return unquoted(body.expression(name).orElse("")).replaceAll("\\s+", " ");
    }

    private static String unquoted(String expression) {
        return expression.replaceAll("^\"\\$\\{(.*)}\"$", "$1");
    }

    static boolean flag(HclBody body, String name, boolean otherwise) {
        return body.expression(name)
                .flatMap(HclLiteral::parse)
                .map(JsonNode::asBoolean)
                .orElse(otherwise);
    }

    /** Of {@code contains(["a", "b"], var.name)}. */
    private static List<JsonNode> options(String name, List<Validation> validations) {
        for (Validation rule : validations) {
            Matcher list = CONTAINS.matcher(rule.condition());
            while (list.find()) {
                Optional<JsonNode> values = HclLiteral.first(rule.condition().substring(list.end()));
                if (values.isPresent() && rule.condition().contains("var." + name)) {
                    List<JsonNode> options = new ArrayList<>();
                    values.get().forEach(options::add);
                    return options;
                }
            }
        }
        return List.of();
    }
}
