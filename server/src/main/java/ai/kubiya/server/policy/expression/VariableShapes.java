package ai.kubiya.server.policy.expression;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What each variable looks like. */
final class VariableShapes {
    private static final Map<Variable, Shape> ALL = all();

    private VariableShapes() {}

    static Shape of(Variable variable) {
        return Objects.requireNonNull(ALL.get(variable));
    }

    private static Map<Variable, Shape> all() {
        Map<Variable, Shape> all = new EnumMap<>(Variable.class);
        for (Variable variable : Variable.values()) {
            all.put(variable, shape(variable));
        }
        return all;
    }

    private static Shape shape(Variable variable) {
        return switch (variable) {
            case USER ->
                fields(
                        "User",
                        Map.entry("id", text()),
                        Map.entry("email", text()),
                        Map.entry("groups", listOf(text())),
                        Map.entry("roles", listOf(text())));
            case ORGANIZATION -> fields("Organization", Map.entry("id", text()), Map.entry("name", text()));
            case KEY ->
                fields("Key", Map.entry("id", text()), Map.entry("name", text()), Map.entry("scopes", listOf(text())));
            case REQUEST -> fields("Request", Map.entry("id", text()), Map.entry("address", text()));
            case POINT -> text();
            case NOW -> new Shape.Time();
            case TOOL ->
                fields(
                        "Tool",
                        Map.entry("name", text()),
                        Map.entry("type", text()),
                        Map.entry("image", text()),
                        Map.entry("content", text()),
                        Map.entry("args", new Shape.Keyed()),
                        Map.entry("secrets", listOf(text())),
                        Map.entry(
                                "services",
                                listOf(fields("Service", Map.entry("name", text()), Map.entry("image", text())))),
                        Map.entry(
                                "source",
                                fields(
                                        "Source",
                                        Map.entry("id", text()),
                                        Map.entry("name", text()),
                                        Map.entry("type", text()),
                                        Map.entry("url", text()))),
                        Map.entry("unsaved", new Shape.Flag()));
            case AGENT ->
                fields("Agent", Map.entry("id", text()), Map.entry("name", text()), Map.entry("tags", listOf(text())));
            case RUNNER -> text();
            case MESSAGE -> text();
            case SESSION ->
                fields(
                        "Session",
                        Map.entry("id", text()),
                        Map.entry("instructions", listOf(text())),
                        Map.entry(
                                "history",
                                listOf(fields("Message", Map.entry("role", text()), Map.entry("content", text())))));
            case PROJECT ->
                fields(
                        "Project",
                        Map.entry("id", text()),
                        Map.entry("name", text()),
                        Map.entry("url", text()),
                        Map.entry("branch", text()),
                        Map.entry("path", text()),
                        Map.entry("action", text()));
            case PLAN ->
                open(
                        "Plan",
                        Map.entry("format_version", text()),
                        Map.entry("terraform_version", text()),
                        Map.entry("resource_changes", listOf(resourceChange())),
                        Map.entry("resource_drift", listOf(resourceChange())),
                        Map.entry("output_changes", new Shape.Keyed()),
                        Map.entry("variables", new Shape.Keyed()),
                        Map.entry("planned_values", new Shape.Anything()),
                        Map.entry("prior_state", new Shape.Anything()),
                        Map.entry("configuration", new Shape.Anything()));
        };
    }

    private static Shape text() {
        return new Shape.Text();
    }

    private static Shape listOf(Shape element) {
        return new Shape.ListOf(element);
    }

    @SafeVarargs
    private static Shape fields(String name, Map.Entry<String, Shape>... fields) {
        return new Shape.Fields(name, inOrder(fields), false);
    }

    @SafeVarargs
    private static Shape open(String name, Map.Entry<String, Shape>... fields) {
        return new Shape.Fields(name, inOrder(fields), true);
    }

    @SafeVarargs
    private static Map<String, Shape> inOrder(Map.Entry<String, Shape>... fields) {
        Map<String, Shape> map = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> field : fields) {
            map.put(field.getKey(), field.getValue());
        }
        return map;
    }

    private static Shape resourceChange() {
        return open(
                "ResourceChange",
                Map.entry("address", text()),
                Map.entry("module_address", text()),
                Map.entry("mode", text()),
                Map.entry("type", text()),
                Map.entry("name", text()),
                Map.entry("index", new Shape.Anything()),
                Map.entry("provider_name", text()),
                Map.entry("action_reason", text()),
                Map.entry(
                        "change",
                        open(
                                "Change",
                                Map.entry("actions", listOf(text())),
                                Map.entry("before", new Shape.Anything()),
                                Map.entry("after", new Shape.Anything()),
                                Map.entry("after_unknown", new Shape.Anything()),
                                Map.entry("before_sensitive", new Shape.Anything()),
                                Map.entry("after_sensitive", new Shape.Anything()),
                                Map.entry("importing", new Shape.Anything()))));
    }
}
