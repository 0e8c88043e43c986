package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON that a stranger wrote can hold what no database takes and no answer can repeat: NUL characters, halves of
 * characters, numbers beyond all bounds. Looked for at the door, so that nothing behind it has to.
 */
public final class StorableJson {
    private final List<FieldProblem> problems = new ArrayList<>();

    private StorableJson() {}

    /** Everything in a tree that cannot be stored, with its JSON pointer; empty when all is well. */
    public static List<FieldProblem> problems(JsonNode tree) {
        StorableJson check = new StorableJson();
        check.node(tree, "");
        return List.copyOf(check.problems);
    }

    /** The text with the usual mark in place of what cannot be stored. */
    public static String cleaned(String text) {
        if (problem(text) == null) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(point -> clean.appendCodePoint(isStorable(point) ? point : 0xFFFD));
        return clean.toString();
    }

    /** Depth is bounded by the parser. */
    private void node(JsonNode node, String pointer) {
        switch (node.getNodeType()) {
            case STRING -> text(node.textValue(), pointer, "must not contain ");
            case NUMBER -> {
                if (node.isDouble() && Double.isInfinite(node.doubleValue())) {
                    add(pointer, "is a number too large to be kept");
                }
            }
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    node(node.get(i), pointer + "/" + i);
                }
            }
            case OBJECT ->
                node.properties().forEach(entry -> {
                    text(entry.getKey(), pointer, "must not have a field whose name contains ");
                    node(entry.getValue(), pointer + "/" + entry.getKey());
                });
            case BINARY, BOOLEAN, MISSING, NULL, POJO -> {}
        }
    }

    private void text(String text, String pointer, String prefix) {
        String problem = problem(text);
        if (problem != null) {
            add(pointer, prefix + problem);
        }
    }

    private void add(String pointer, String message) {
        problems.add(new FieldProblem(pointer.isEmpty() ? "/" : cleaned(pointer), message));
    }

    private static @Nullable String problem(String text) {
        if (text.indexOf('\0') >= 0) {
            return "a NUL character";
        }
        return text.codePoints().allMatch(StorableJson::isStorable) ? null : "half of a character (a lone surrogate)";
    }

    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }
}
