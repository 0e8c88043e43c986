package ai.kubiya.server.project.run.work;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be remembered of a run's inputs until it ends.
 *
 * @param digest names the values that went into it
 * @param sensitive names of the variables that nobody may see the values of
 * @param hidden values that nobody may see
 */
public record RunMemory(String digest, Set<String> sensitive, List<String> hidden) {
    public RunMemory {
        sensitive = Set.copyOf(sensitive);
        hidden = List.copyOf(hidden);
    }

    public static RunMemory of(RunInputs inputs) {
        List<String> hidden = new ArrayList<>(inputs.masked());
        hidden.addAll(inputs.secrets().values());
        return new RunMemory(inputs.digest(), inputs.sensitive(), hidden);
    }

    public static RunMemory of(JsonNode json) {
        Set<String> sensitive = new HashSet<>();
        json.path("sensitive").forEach(name -> sensitive.add(name.asText()));
        List<String> hidden = new ArrayList<>();
        json.path("hidden").forEach(value -> hidden.add(value.asText()));
        return new RunMemory(json.path("digest").asText(), sensitive, hidden);
    }

    /** Holds secret values: to be sealed. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("digest", digest);
        json.set("sensitive", Json.array(List.copyOf(sensitive)));
        json.set("hidden", Json.array(hidden));
        return json;
    }

    /** Never prints values. */
    @Override
    public String toString() {
        return "RunMemory" + sensitive;
    }
}
