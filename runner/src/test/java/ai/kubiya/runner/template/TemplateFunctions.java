package ai.kubiya.runner.template;

import ai.kubiya.runner.template.script.Refused;
import ai.kubiya.runner.template.script.Value;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** A call of every function with a value in it. */
final class TemplateFunctions {
    private TemplateFunctions() {}

    static final String REFUSED = "\0refused";

    static final Map<String, String> CALLS = new TreeMap<>(Map.ofEntries(
            Map.entry("and", "and true .v"),
            Map.entry("or", "or .v \"e\""),
            Map.entry("not", "not .v"),
            Map.entry("eq", "eq .v \"x\""),
            Map.entry("ne", "ne .v \"x\""),
            Map.entry("lt", "lt .v \"x\""),
            Map.entry("le", "le .v \"x\""),
            Map.entry("gt", "gt .v \"x\""),
            Map.entry("ge", "ge .v \"x\""),
            Map.entry("len", "len .v"),
            Map.entry("index", "index (list 1 .v) 1"),
            Map.entry("slice", "slice .v 0"),
            Map.entry("print", "print .v 1 .v"),
            Map.entry("println", "println .v | print .v"),
            Map.entry("printf", "printf \"%s $(touch pwned) %q\" .v .v"),
            Map.entry("urlquery", "urlquery .v"),
            Map.entry("default", "default \"`touch pwned`\" .v"),
            Map.entry("empty", "empty .v"),
            Map.entry("coalesce", "coalesce \"\" .v"),
            Map.entry("ternary", "ternary .v \"b\" true"),
            Map.entry("upper", "upper .v"),
            Map.entry("lower", "lower .v"),
            Map.entry("title", "title .v"),
            Map.entry("trim", "trim .v"),
            Map.entry("trimAll", "trimAll \" ;\" .v"),
            Map.entry("trimPrefix", "trimPrefix \"'\" .v"),
            Map.entry("trimSuffix", "trimSuffix \"'\" .v"),
            Map.entry("replace", "replace \" \" \";\" .v"),
            Map.entry("join", "join \"; \" (list .v .v)"),
            Map.entry("split", "split \" \" .v"),
            Map.entry("splitList", "splitList \"\\n\" .v | join \"'\""),
            Map.entry("contains", "contains \"x\" .v"),
            Map.entry("hasPrefix", "hasPrefix \"x\" .v"),
            Map.entry("hasSuffix", "hasSuffix \"x\" .v"),
            Map.entry("has", "has .v (list .v)"),
            Map.entry("first", "first (list .v)"),
            Map.entry("last", "last (list 1 .v)"),
            Map.entry("list", "list .v 1"),
            Map.entry("keys", "printf \"%v\" (keys (fromJson \"{\\\"a'; b\\\": 1}\")) | print .v"),
            Map.entry("quote", "print (quote .v)"),
            Map.entry("squote", "print (squote .v)"),
            Map.entry("toString", "toString .v"),
            Map.entry("toJson", "print (toJson .v)"),
            Map.entry("fromJson", "fromJson (toJson .v)"),
            Map.entry("int", "int .v"),
            Map.entry("indent", "indent 2 .v"),
            Map.entry("nindent", "nindent 2 .v"),
            Map.entry("b64enc", "b64enc .v"),
            Map.entry("b64dec", "b64dec (b64enc .v)")));

    /** What the expression gives as text, found without any script. */
    static String result(String expression, String value) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("v", value);
        try {
            var nodes = TemplateParser.parse("{{" + expression + "}}", java.util.Set.of("v"))
                    .nodes();
            Node.Output output = (Node.Output) nodes.getFirst();
            Value result = new Evaluator("", root, Language.OTHER.script()).evaluate(output.expression());
            return result.text();
        } catch (BadTemplate | Refused refused) {
            return REFUSED;
        }
    }
}
