package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object, collecting what is wrong with them instead of stopping at the first. */
final class Fields {

    private final ObjectNode object;
    private final String pointer;
    private final List<Problem> problems;
    private final Set<String> read = new HashSet<>();

    Fields(ObjectNode object, String pointer, List<Problem> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    void problem(String field, String message) {
        problems.add(new Problem(pointer + "/" + field, message));
    }

    /** The field, or null when it is absent or null. */
    @Nullable
    JsonNode node(String field) {
        read.add(field);
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String field) {
        JsonNode value = node(field);
        if (value == null) {
            return null;
        }
        if (value.isContainerNode()) {
            problem(field, "must be text, got " + kind(value));
            return null;
        }
        String text = value.asText();
        // PostgreSQL has no way to keep it, and no script has a use for it.
        if (text.indexOf('\0') >= 0) {
            problem(field, "must not contain a NUL character");
            return null;
        }
        return text;
    }

    String requiredText(String field) {
        String text = text(field);
        if ((text == null || text.isBlank()) && !hasProblem(field)) {
            problem(field, "is required");
        }
        return text == null ? "" : text;
    }

    boolean flag(String field) {
        JsonNode value = node(field);
        if (value == null) {
            return false;
        }
        JsonNode flag = Coercion.to(ArgumentType.BOOL, value);
        if (flag == null) {
            problem(field, "must be true or false, got " + value);
            return false;
        }
        return flag.asBoolean();
    }

    /** A list of texts; one text alone is a list of its lines, an object in the list stands for its name. */
    List<String> texts(String field) {
        JsonNode value = node(field);
        if (value == null) {
            return List.of();
        }
        if (value.isTextual()) {
            return value.asText()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
        if (!value.isArray()) {
            problem(field, "must be a list, got " + kind(value));
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < value.size(); index++) {
            JsonNode item = value.get(index);
            JsonNode name = item.isObject() ? item.get("name") : item;
            if (name == null || name.isContainerNode() || name.asText().isEmpty() || name.isNull()) {
                problem(field + "/" + index, "must be a name");
            } else {
                texts.add(name.asText());
            }
        }
        return texts;
    }

    /** A list of objects; an object instead of the list is read as names and what belongs to each. */
    <T> List<T> objects(String field, BiFunction<ObjectNode, String, @Nullable T> reader) {
        JsonNode value = node(field);
        List<T> found = new ArrayList<>();
        if (value == null) {
            return found;
        }
        if (value.isObject()) {
            value.properties().forEach(entry -> {
                ObjectNode item = JsonNodeFactory.instance.objectNode().put("name", entry.getKey());
                if (entry.getValue() instanceof ObjectNode details) {
                    item.setAll(details);
                } else if (!entry.getValue().isNull()) {
                    problem(field + "/" + entry.getKey(), "must be an object, got " + kind(entry.getValue()));
                }
                add(found, reader.apply(item, pointer + "/" + field + "/" + entry.getKey()));
            });
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                if (value.get(index) instanceof ObjectNode item) {
                    add(found, reader.apply(item, pointer + "/" + field + "/" + index));
                } else {
                    problem(field + "/" + index, "must be an object, got " + kind(value.get(index)));
                }
            }
        } else {
            problem(field, "must be a list, got " + kind(value));
        }
        return found;
    }

    /** Names and their values as text. A list of {@code NAME=value} is accepted too. */
    SequencedMap<String, String> map(String field) {
        JsonNode value = node(field);
        SequencedMap<String, String> map = new LinkedHashMap<>();
        if (value == null) {
            return map;
        }
        if (value.isObject()) {
            value.properties().forEach(entry -> {
                if (entry.getValue().isContainerNode()) {
                    problem(field + "/" + entry.getKey(), "must be text, got " + kind(entry.getValue()));
                } else {
                    map.put(entry.getKey(), entry.getValue().asText(""));
                }
            });
        } else {
            for (String pair : texts(field)) {
                int equals = pair.indexOf('=');
                map.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return map;
    }

    /** What nobody asked for. */
    ObjectNode rest() {
        ObjectNode rest = object.deepCopy();
        rest.remove(read);
        return rest;
    }

    boolean hasProblem(String field) {
        return problems.stream().anyMatch(problem -> problem.pointer().equals(pointer + "/" + field));
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
            case BINARY, POJO -> "a value";
        };
    }

    private static <T> void add(List<T> list, @Nullable T value) {
        if (value != null) {
            list.add(value);
        }
    }
}
