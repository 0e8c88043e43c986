package ai.kubiya.server.workflow.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the texts of a step can refer to: parameters, the environment, and what steps before it brought. */
public final class Variables {
    public static final String SECRETS = "secrets.";
    private static final Pattern PREFIX = Pattern.compile("(?:params|parameters|inputs|env|vars|steps)\\.");
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> steps = new LinkedHashMap<>();

    public Variables with(String name, String value) {
        values.put(name, value);
        return this;
    }

    /**
     * A step that is over.
     *
     * @param fields output, stdout, exit_code, status, error
     */
    public void step(String name, Map<String, String> fields) {
        steps.put(name, Map.copyOf(fields));
    }

    /** Those that can be environment variables, with their values. */
    public Map<String, String> simple() {
        Map<String, String> simple = new LinkedHashMap<>(values);
        simple.keySet().removeIf(name -> !SIMPLE.matcher(name).matches());
        return simple;
    }

    boolean isSimple(String path) {
        return values.containsKey(path) && SIMPLE.matcher(path).matches();
    }

    /** The value at a path; empty when it names nothing. Secrets are no variables. */
    public Optional<String> get(String path) {
        if (path.startsWith(SECRETS)) {
            return Optional.empty();
        }
        String whole = PREFIX.matcher(path).lookingAt() ? path.substring(path.indexOf('.') + 1) : path;
        if (values.containsKey(whole)) {
            return Optional.of(values.get(whole));
        }
        int end = end(whole);
        String root = whole.substring(0, end);
        String rest = whole.substring(end);
        if (values.containsKey(root)) {
            return rest.isEmpty() ? Optional.of(values.get(root)) : inside(values.get(root), rest);
        }
        Map<String, String> step = steps.get(root);
        if (step == null || !rest.startsWith(".")) {
            return Optional.empty();
        }
        String field = rest.substring(1);
        int next = end(field);
        String value = step.get(field.substring(0, next));
        return value == null
                ? Optional.empty()
                : next == field.length() ? Optional.of(value) : inside(value, field.substring(next));
    }

    private static int end(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    /** A part of a value that is JSON, by a path like {@code .items[0].name}. */
    private static Optional<String> inside(String value, String path) {
        JsonNode node = References.structure(value).orElse(null);
        for (String part : path.split("[.\\[\\]]+")) {
            if (part.isEmpty() || node == null) {
                continue;
            }
            node = node.isArray() && part.matches("\\d{1,6}") ? node.get(Integer.parseInt(part)) : node.get(part);
        }
        if (node == null) {
            return Optional.empty();
        }
        return Optional.of(node.isValueNode() ? node.asText() : node.toString());
    }
}
