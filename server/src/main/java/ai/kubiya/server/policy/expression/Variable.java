package ai.kubiya.server.policy.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** What expressions can ask about. The name in expressions is the lower-case name. */
public enum Variable {
    /** Who asks; the groups by id and by name. */
    USER(fields(
            "User",
            Map.entry("id", text()),
            Map.entry("email", text()),
            Map.entry("groups", listOf(text())),
            Map.entry("roles", listOf(text())))),
    ORGANIZATION(fields("Organization", Map.entry("id", text()), Map.entry("name", text()))),
    /** The API key of the request. */
    KEY(fields("Key", Map.entry("id", text()), Map.entry("name", text()), Map.entry("scopes", listOf(text())))),
    /** The HTTP request that began it. */
    REQUEST(fields("Request", Map.entry("id", text()), Map.entry("address", text()))),
    /** What is about to happen: the name of the point. */
    POINT(text()),
    NOW(new Shape.Time()),
    /** The tool, with the arguments as it will get them. */
    TOOL(fields(
            "Tool",
            Map.entry("name", text()),
            Map.entry("type", text()),
            Map.entry("image", text()),
            Map.entry("content", text()),
            Map.entry("args", new Shape.Keyed()),
            Map.entry("secrets", listOf(text())),
            Map.entry("services", listOf(fields("Service", Map.entry("name", text()), Map.entry("image", text())))),
            Map.entry(
                    "source",
                    fields(
                            "Source",
                            Map.entry("id", text()),
                            Map.entry("name", text()),
                            Map.entry("type", text()),
                            Map.entry("url", text()))),
            Map.entry("unsaved", new Shape.Flag()))),
    /** The agent that is talked to, or that calls the tool; empty when a person calls it. */
    AGENT(fields("Agent", Map.entry("id", text()), Map.entry("name", text()), Map.entry("tags", listOf(text())))),
    /** The name of the runner. */
    RUNNER(text()),
    /** What the user says. */
    MESSAGE(text()),
    /** The conversation, with what the client sent along of it. */
    SESSION(fields(
            "Session",
            Map.entry("id", text()),
            Map.entry("instructions", listOf(text())),
            Map.entry("history", listOf(fields("Message", Map.entry("role", text()), Map.entry("content", text())))))),
    PROJECT(fields(
            "Project",
            Map.entry("id", text()),
            Map.entry("name", text()),
            Map.entry("url", text()),
            Map.entry("branch", text()),
            Map.entry("path", text()),
            Map.entry("action", text()))),
    /** Terraform's plan as {@code terraform show -json} has it. */
    PLAN(open(
            "Plan",
            Map.entry("format_version", text()),
            Map.entry("terraform_version", text()),
            Map.entry("resource_changes", listOf(resourceChange())),
            Map.entry("resource_drift", listOf(resourceChange())),
            Map.entry("output_changes", new Shape.Keyed()),
            Map.entry("variables", new Shape.Keyed()),
            Map.entry("planned_values", new Shape.Anything()),
            Map.entry("prior_state", new Shape.Anything()),
            Map.entry("configuration", new Shape.Anything())));

    private final Shape shape;

    Variable(Shape shape) {
        this.shape = shape;
    }

    public String inExpressions() {
        return name().toLowerCase(Locale.ROOT);
    }

    Shape shape() {
        return shape;
    }

    /**
     * The value of what was sent; what is missing is empty.
     *
     * @param problems is told of everything that does not fit, by its JSON pointer
     */
    public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
        return shape.value(json, pointer, problems);
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
