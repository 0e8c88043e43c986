package ai.kubiya.server.project.run.plan;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a plan says.
 *
 * @param summary for people, some lines
 * @param changes what it would do, as {@link PlanChange}
 * @param drift what others did since
 */
public record PlanSummary(String summary, ArrayNode changes, ArrayNode drift, int adds, int updates, int destroys) {
    private static final int MOST_LINES = 100;
    private static final Map<String, String> SIGNS = Map.of(
            "create", "+ %s will be created",
            "update", "~ %s will be updated in place",
            "delete", "- %s will be destroyed",
            "replace", "-/+ %s will be replaced",
            "read", "<= %s will be read during the apply",
            "forget", ". %s will be forgotten and not destroyed",
            "import", "%s will be imported",
            "move", "%s has moved");

    static PlanSummary of(ObjectNode plan, boolean refreshOnly) {
        ArrayNode changes = changes(plan.path("resource_changes"));
        ArrayNode drift = changes(plan.path("resource_drift"));
        int adds = count(changes, "create", "replace");
        int updates = count(changes, "update");
        int destroys = count(changes, "delete", "replace");
        List<String> outputs = outputs(plan.path("output_changes"));
        List<String> lines = new ArrayList<>();
        if (refreshOnly) {
            lines.add(
                    drift.isEmpty()
                            ? "No changes: what is there is as the state says."
                            : "Drift: " + drift.size() + (drift.size() == 1 ? " resource was" : " resources were")
                                    + " changed outside of Terraform.");
        } else if (changes.isEmpty() && outputs.isEmpty()) {
            lines.add("No changes: what is there is as the code says.");
        } else {
            lines.add("Plan: " + adds + " to add, " + updates + " to change, " + destroys + " to destroy.");
        }
        changes.forEach(change -> lines.add("  " + line(change)));
        outputs.forEach(name -> lines.add("  output " + name));
        if (!drift.isEmpty()) {
            lines.add("Changed outside of Terraform:");
            drift.forEach(change -> lines.add("  " + driftLine(change)));
        }
        return new PlanSummary(shortened(lines), changes, drift, adds, updates, destroys);
    }

    private static ArrayNode changes(JsonNode resources) {
        ArrayNode changes = Json.array();
        resources.forEach(resource -> PlanChange.of(resource).ifPresent(changes::add));
        return changes;
    }

    private static int count(ArrayNode changes, String... actions) {
        List<String> counted = List.of(actions);
        return (int) changes.valueStream()
                .filter(change -> counted.contains(change.path("action").asText()))
                .count();
    }

    private static List<String> outputs(JsonNode outputs) {
        List<String> words = new ArrayList<>();
        outputs.properties().forEach(output -> {
            String actions = output.getValue().path("actions").toString();
            if (!actions.equals("[\"no-op\"]")) {
                words.add(output.getKey() + (actions.equals("[\"delete\"]") ? " will be removed" : " will change"));
            }
        });
        return words;
    }

    private static String line(JsonNode change) {
        String words = SIGNS.getOrDefault(change.path("action").asText(), "%s");
        String because = String.join(
                ", ",
                change.path("replaced_because")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
        return words.formatted(change.path("resource_id").asText())
                + (because.isEmpty() ? "" : " because of " + because);
    }

    private static String driftLine(JsonNode change) {
        String address = change.path("resource_id").asText();
        return change.path("action").asText().equals("delete") ? address + " is gone" : address + " was changed";
    }

    private static String shortened(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return String.join("\n", lines);
        }
        return String.join("\n", lines.subList(0, MOST_LINES)) + "\n  … and " + (lines.size() - MOST_LINES)
                + " more lines";
    }
}
