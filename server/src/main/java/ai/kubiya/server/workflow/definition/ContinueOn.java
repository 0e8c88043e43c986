package ai.kubiya.server.workflow.definition;

import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a step does not stop those that depend on it.
 *
 * @param failure that it failed
 * @param skipped that it was skipped
 * @param exitCodes that it failed with one of these
 * @param markSuccess whether it then counts as completed
 */
public record ContinueOn(boolean failure, boolean skipped, List<Integer> exitCodes, boolean markSuccess) {
    static final ContinueOn NOTHING = new ContinueOn(false, false, List.of(), false);

    public ContinueOn {
        exitCodes = List.copyOf(exitCodes);
    }

    /** Reads {@code {failure, skipped, exitCode[], markSuccess}}; notes what is wrong. */
    static ContinueOn of(JsonFields step, String name) {
        if (!step.has(name)) {
            return NOTHING;
        }
        JsonFields fields = new JsonFields(step.object(name));
        List<Integer> codes = new ArrayList<>();
        for (JsonNode code : fields.elements("exitCode")) {
            if (code.isInt()) {
                codes.add(code.intValue());
            } else {
                fields.problem("/exitCode", "must hold whole numbers");
            }
        }
        ContinueOn rule = new ContinueOn(
                fields.flag("failure", false), fields.flag("skipped", false), codes, fields.flag("markSuccess", false));
        fields.problems().forEach(problem -> step.problem("/" + name + problem.field(), problem.message()));
        return rule;
    }

    /** @param exitCode null where no process ended, which counts as -1 */
    public boolean forgives(@Nullable Integer exitCode) {
        return failure || exitCodes.contains(exitCode == null ? -1 : exitCode);
    }
}
