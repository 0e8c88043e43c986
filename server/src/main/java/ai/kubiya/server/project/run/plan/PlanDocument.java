package ai.kubiya.server.project.run.plan;

import ai.kubiya.runner.output.SecretMask;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.StorableJson;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A plan in Terraform's JSON form with nothing sensitive in it.
 *
 * @param json the parts that can be masked by what Terraform marks; the others are left out
 */
public record PlanDocument(ObjectNode json) {
    /** What a provider makes of a resource may be deep and large. */
    static final ObjectMapper READER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxStringLength(64 << 20)
                    .build())
            .build());

    /** No values in them, or none that are not elsewhere too. */
    private static final List<String> KEPT = List.of(
            "format_version",
            "terraform_version",
            "timestamp",
            "applyable",
            "complete",
            "errored",
            "relevant_attributes");

    /**
     * Reads a plan.
     *
     * @param sensitive names of variables whose values nobody may see
     * @param mask hides values that are known to be secret wherever they are
     */
    public static PlanDocument read(Path file, Set<String> sensitive, SecretMask mask) throws IOException {
        if (!(READER.readTree(file.toFile()) instanceof ObjectNode plan)) {
            throw new IOException("Terraform's plan is not a JSON object");
        }
        ObjectNode json = Json.object();
        KEPT.stream().filter(plan::has).forEach(name -> json.set(name, plan.get(name)));
        json.set("variables", variables(plan, sensitive));
        json.set("resource_changes", resources(plan.path("resource_changes")));
        json.set("resource_drift", resources(plan.path("resource_drift")));
        json.set("dependencies", PlanDependencies.of(plan));
        ObjectNode outputs = json.putObject("output_changes");
        plan.path("output_changes")
                .properties()
                .forEach(output -> outputs.set(output.getKey(), change(output.getValue())));
        String text = StorableJson.cleaned(mask.mask(READER.writeValueAsString(json)));
        return new PlanDocument((ObjectNode) READER.readTree(text));
    }

    private static ObjectNode variables(ObjectNode plan, Set<String> sensitive) {
        ObjectNode variables = Json.object();
        JsonNode declared = plan.at("/configuration/root_module/variables");
        plan.path("variables").properties().forEach(variable -> {
            String name = variable.getKey();
            boolean hidden = sensitive.contains(name)
                    || declared.path(name).path("sensitive").asBoolean();
            JsonNode value = variable.getValue().path("value");
            ObjectNode shown = variables.putObject(name);
            if (hidden) {
                shown.put("value", PlanMask.SENSITIVE);
            } else {
                shown.set("value", value);
            }
        });
        return variables;
    }

    private static ArrayNode resources(JsonNode changes) {
        ArrayNode masked = Json.array();
        changes.forEach(resource -> {
            ObjectNode copy = resource.deepCopy();
            copy.set("change", change(resource.path("change")));
            masked.add(copy);
        });
        return masked;
    }

    private static ObjectNode change(JsonNode change) {
        ObjectNode copy = change.deepCopy();
        copy.set("before", PlanChange.before(change));
        // What is not known yet stays marked in a field of its own.
        copy.set("after", PlanMask.replace(change.path("after"), change.path("after_sensitive"), PlanMask.SENSITIVE));
        copy.remove("generated_config");
        return copy;
    }

    public PlanSummary summary(boolean refreshOnly) {
        return PlanSummary.of(json, refreshOnly);
    }
}
