package ai.kubiya.server.workflow.run;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.workflow.definition.Step;
import ai.kubiya.server.workflow.definition.Workflow;
import ai.kubiya.server.workflow.step.References;
import ai.kubiya.server.workflow.step.Variables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where all steps of a run stand, and what follows from it. */
final class Board {
    /** Whether a step may begin. */
    enum Readiness {
        /** Something it depends on is not over. */
        NOT_YET,
        READY,
        /** Something it depends on failed, or was not begun because of a failure. */
        BLOCKED,
        /** Something it depends on was skipped. */
        PASSED_OVER
    }

    private final WorkflowSpec spec;
    private final List<StepState> states;
    private final Map<String, StepState> wholes = new HashMap<>();

    Board(WorkflowSpec spec, List<StepState> states) {
        this.spec = spec;
        this.states = List.copyOf(states);
        states.stream().filter(StepState::isWhole).forEach(state -> wholes.put(state.name(), state));
    }

    Workflow workflow() {
        return spec.workflow();
    }

    Step step(StepState state) {
        return spec.workflow().step(state.name()).orElseThrow();
    }

    /** Those that an execution runs for. */
    List<StepState> running() {
        return states.stream()
                .filter(state -> state.status() == StepStatus.RUNNING && state.execution() != null)
                .toList();
    }

    List<StepState> unfinished() {
        return states.stream().filter(state -> !state.status().isOver()).toList();
    }

    List<StepState> wholes(StepStatus status) {
        return states.stream()
                .filter(state -> state.isWhole() && state.status() == status)
                .toList();
    }

    List<StepState> items(StepState whole) {
        return states.stream()
                .filter(state -> !state.isWhole() && state.name().equals(whole.name()))
                .toList();
    }

    /** Steps whose items are being done. */
    List<StepState> fannedOut() {
        return wholes(StepStatus.RUNNING).stream()
                .filter(state -> step(state).parallel() != null)
                .toList();
    }

    boolean isOver() {
        return wholes.values().stream().allMatch(state -> state.status().isOver());
    }

    /** The first step whose failure nobody forgave. */
    Optional<StepState> failure() {
        return states.stream()
                .filter(state -> state.isWhole() && state.status() == StepStatus.FAILED)
                .filter(state -> !forgiven(state))
                .findFirst();
    }

    private boolean forgiven(StepState state) {
        return step(state).continueOn().forgives(state.exitCode());
    }

    Readiness readiness(Step step) {
        Readiness readiness = Readiness.READY;
        for (String name : step.depends()) {
            StepState before = wholes.get(name);
            if (before == null || !before.status().isOver()) {
                return Readiness.NOT_YET;
            }
            boolean blocks = before.status() == StepStatus.CANCELLED
                    || (before.status() == StepStatus.FAILED && !forgiven(before));
            boolean passes = before.status() == StepStatus.SKIPPED
                    && !step(before).continueOn().skipped();
            if (blocks) {
                readiness = Readiness.BLOCKED;
            } else if (passes && readiness == Readiness.READY) {
                readiness = Readiness.PASSED_OVER;
            }
        }
        return readiness;
    }

    /** What the texts of a step can refer to now. */
    Variables variables() {
        Variables variables = new Variables();
        variables.with("WORKFLOW_NAME", workflow().name());
        workflow().params().forEach((name, value) -> variables.with(name, text(value)));
        spec.params().forEach((name, value) -> variables.with(name, text(value)));
        workflow().env().forEach((name, value) -> variables.with(name, References.resolve(value, variables::get)));
        for (StepState state : wholes(StepStatus.COMPLETED)) {
            Step step = step(state);
            if (!step.output().isEmpty()) {
                variables.with(step.output(), output(state));
            }
        }
        wholes.values().stream().filter(state -> state.status().isOver()).forEach(state -> {
            Step step = step(state);
            Map<String, String> fields = Map.of(
                    "output", output(state),
                    "stdout", output(state),
                    "status", state.status().wireName(),
                    "exit_code",
                            state.exitCode() == null ? "" : state.exitCode().toString(),
                    "error", state.error() == null ? "" : state.error());
            variables.step(step.name(), fields);
            if (!step.id().isEmpty()) {
                variables.step(step.id(), fields);
            }
        });
        return variables;
    }

    private static String output(StepState state) {
        return state.output() == null ? "" : state.output();
    }

    static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : Json.text(value);
    }

    /** Outputs by their names; of a workflow that names none, what its last steps brought. */
    ObjectNode outputs() {
        ObjectNode outputs = Json.object();
        List<StepState> completed = wholes(StepStatus.COMPLETED);
        completed.forEach(state -> {
            String name = step(state).output();
            if (!name.isEmpty()) {
                outputs.put(name, output(state));
            }
        });
        if (outputs.isEmpty()) {
            List<String> followed = new ArrayList<>();
            workflow().steps().forEach(step -> followed.addAll(step.depends()));
            completed.stream()
                    .filter(state ->
                            !followed.contains(state.name()) && !output(state).isEmpty())
                    .forEach(state -> outputs.put(state.name(), output(state)));
        }
        return outputs;
    }
}
