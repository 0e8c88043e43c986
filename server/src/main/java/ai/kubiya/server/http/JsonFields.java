package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a JSON object field by field and collects every problem with its JSON pointer, so that a client hears of all
 * mistakes at once. {@code null} counts as absent. {@link #check} throws what was found.
 */
public final class JsonFields {
    private final ObjectNode object;
    private final Set<String> known = new HashSet<>();
    private final List<FieldProblem> problems = new ArrayList<>();

    public JsonFields(ObjectNode object) {
        this.object = object;
    }

    public boolean has(String name) {
        known.add(name);
        return object.hasNonNull(name);
    }

    public Optional<JsonNode> node(String name) {
        return has(name) ? Optional.of(object.get(name)) : Optional.empty();
    }

    public Optional<String> text(String name, int longest) {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isTextual()) {
            return wrong(name, "must be a string, got " + kind(node.get()));
        }
        String text = node.get().textValue();
        if (text.length() > longest) {
            return wrong(name, "must have at most " + longest + " characters, got " + text.length());
        }
        if (text.indexOf('\0') >= 0) {
            return wrong(name, "must not contain a NUL character");
        }
        return Optional.of(text);
    }

    public String text(String name, int longest, String otherwise) {
        return text(name, longest).orElse(otherwise);
    }

    /** A text that must be there and not blank. Answers "" after noting the problem. */
    public String requiredText(String name, int longest) {
        if (!has(name)) {
            problem("/" + name, "is required");
            return "";
        }
        Optional<String> text = text(name, longest);
        if (text.isPresent() && text.get().isBlank()) {
            problem("/" + name, "must not be empty");
        }
        return text.orElse("");
    }

    public boolean flag(String name, boolean otherwise) {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return otherwise;
        }
        if (!node.get().isBoolean()) {
            problem("/" + name, "must be true or false, got " + kind(node.get()));
            return otherwise;
        }
        return node.get().booleanValue();
    }

    public Optional<Long> integer(String name, long least, long most) {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isIntegralNumber()
                || !node.get().canConvertToLong()
                || node.get().longValue() < least
                || node.get().longValue() > most) {
            return wrong(name, "must be a whole number from " + least + " to " + most);
        }
        return Optional.of(node.get().longValue());
    }

    public ObjectNode object(String name) {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !(node.get() instanceof ObjectNode)) {
            problem("/" + name, "must be an object, got " + kind(node.get()));
            return Json.object();
        }
        return node.map(ObjectNode.class::cast).orElseGet(Json::object);
    }

    /** The elements of an array, unchecked. */
    public List<JsonNode> elements(String name) {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            problem("/" + name, "must be an array, got " + kind(node.get()));
            return List.of();
        }
        List<JsonNode> elements = new ArrayList<>();
        node.get().forEach(elements::add);
        return List.copyOf(elements);
    }

    public List<String> texts(String name) {
        List<JsonNode> elements = elements(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).isTextual()) {
                texts.add(elements.get(i).textValue());
            } else {
                problem("/" + name + "/" + i, "must be a string, got " + kind(elements.get(i)));
            }
        }
        return List.copyOf(texts);
    }

    /** An object of strings; numbers and booleans are taken as their text, as environment variables are. */
    public Map<String, String> textMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        object(name).properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                map.put(entry.getKey(), entry.getValue().asText());
            } else if (!entry.getValue().isNull()) {
                problem("/" + name + "/" + entry.getKey(), "must be a string, got " + kind(entry.getValue()));
            }
        });
        return Map.copyOf(map);
    }

    /** Fields that a client may send back because it read them here, and that are not taken over. */
    public JsonFields ignore(Collection<String> names) {
        known.addAll(names);
        return this;
    }

    public void problem(String pointer, String message) {
        problems.add(new FieldProblem(pointer, message));
    }

    public boolean isFine() {
        return problems.isEmpty();
    }

    /** What was found so far, for readers of a part of a body. */
    public List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    /** Everything that was found; with {@code strict}, fields that nobody asked for too. */
    public List<FieldProblem> problems(boolean strict) {
        if (strict) {
            object.fieldNames().forEachRemaining(name -> {
                if (!known.contains(name)) {
                    problem(
                            "/" + name,
                            "is not a field of this request; the fields are "
                                    + String.join(", ", new TreeSet<>(known)));
                }
            });
        }
        return problems();
    }

    /**
     * Throws everything that was found.
     *
     * @param strict also refuse fields that nobody asked for
     */
    public void check(boolean strict) {
        var _ = problems(strict);
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
    }

    private <T> Optional<T> wrong(String name, String message) {
        problem("/" + name, message);
        return Optional.empty();
    }

    public static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case NULL, MISSING -> "null";
            case BINARY -> "binary data";
        };
    }
}
