package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads workflows as clients, repositories and older APIs write them. */
public final class WorkflowParser {
    public static final int MOST_STEPS = 200;
    private static final long LONGEST_TIMEOUT = 30 * 86_400;

    private final boolean strict;
    private final String pointer;
    private final List<FieldProblem> problems = new ArrayList<>();

    private WorkflowParser(boolean strict, String pointer) {
        this.strict = strict;
        this.pointer = pointer;
    }

    /**
     * Reads a definition.
     *
     * @param strict whether fields that nobody knows are mistakes
     * @param pointer where it stands in the body
     * @throws ApiException 400 naming every field that is wrong
     */
    public static Workflow parse(ObjectNode json, boolean strict, String pointer) {
        return new WorkflowParser(strict, pointer).read(json);
    }

    private Workflow read(ObjectNode json) {
        JsonFields fields = new JsonFields(json)
                .ignore(List.of(
                        "command",
                        "operation",
                        "schedule",
                        "tags",
                        "secrets",
                        "parameters",
                        "version",
                        "file_name",
                        "labels",
                        "metadata"));
        String name = strict ? fields.requiredText("name", 200) : fields.text("name", 200, "workflow");
        String description = fields.text("description", 10_000, "");
        String type = fields.text("type", 20, "graph");
        if (!type.equals("graph") && !type.equals("chain")) {
            fields.problem("/type", "must be graph (steps say what they depend on) or chain (one after the other)");
        }
        Map<String, JsonNode> params = new HashMap<>();
        fields.node("params").ifPresent(sent -> params.putAll(NamedValues.of(sent, "/params", fields)));
        Map<String, String> env = StepParser.environment(fields, "env");
        Long timeout = fields.integer("timeout", 1, LONGEST_TIMEOUT).orElse(null);
        String runner = fields.text("runner", 200, "");
        List<Step> steps = steps(fields);
        if (type.equals("chain")) {
            steps = chained(steps);
        }
        fields.problems(strict).forEach(problem -> note(problem.field(), problem.message()));
        checkGraph(steps);
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
        ObjectNode source = json.deepCopy();
        source.remove(List.of("secrets", "command", "operation", "parameters"));
        return new Workflow(name, description, steps, params, env, timeout, runner, source);
    }

    private void note(String field, String message) {
        problems.add(new FieldProblem(pointer + field, message));
    }

    private List<Step> steps(JsonFields fields) {
        List<JsonNode> sent = fields.elements("steps");
        if (sent.isEmpty()) {
            fields.problem("/steps", "must hold at least one step");
        } else if (sent.size() > MOST_STEPS) {
            fields.problem("/steps", "must hold at most " + MOST_STEPS + " steps, got " + sent.size());
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < Math.min(sent.size(), MOST_STEPS); i++) {
            String place = "/steps/" + i;
            if (!(sent.get(i) instanceof ObjectNode json)) {
                note(place, "must be an object, got " + JsonFields.kind(sent.get(i)));
                continue;
            }
            JsonFields step = new JsonFields(json);
            StepParser.read(step, strict).ifPresent(steps::add);
            step.problems().forEach(problem -> note(place + problem.field(), problem.message()));
        }
        return steps;
    }

    private static List<Step> chained(List<Step> steps) {
        List<Step> chain = new ArrayList<>();
        for (Step step : steps) {
            boolean alone = chain.isEmpty() || !step.depends().isEmpty();
            chain.add(alone ? step : step.after(List.of(chain.getLast().name())));
        }
        return chain;
    }

    private void checkGraph(List<Step> steps) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            if (places.putIfAbsent(steps.get(i).name(), i) != null) {
                note("/steps/" + i + "/name", "\"" + steps.get(i).name() + "\" is the name of another step");
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            for (String before : steps.get(i).depends()) {
                if (!places.containsKey(before)) {
                    note("/steps/" + i + "/depends", "there is no step \"" + before + "\"");
                }
            }
        }
        if (problems.isEmpty()) {
            circle(steps).ifPresent(names -> note("/steps", "wait for each other: " + names));
        }
    }

    /** Takes away steps that nothing is left to come before; what remains waits for itself. */
    private static java.util.Optional<String> circle(List<Step> steps) {
        Set<String> done = new HashSet<>();
        Deque<Step> left = new ArrayDeque<>(steps);
        int passed = 0;
        while (!left.isEmpty() && passed < left.size()) {
            Step step = left.removeFirst();
            if (done.containsAll(step.depends())) {
                done.add(step.name());
                passed = 0;
            } else {
                left.addLast(step);
                passed++;
            }
        }
        return left.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        String.join(", ", left.stream().map(Step::name).toList()));
    }

    /** Reads what was checked before. */
    public static Workflow stored(JsonNode json) {
        return parse(json instanceof ObjectNode object ? object : Json.object(), false, "");
    }
}
