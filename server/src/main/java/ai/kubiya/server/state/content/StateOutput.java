package ai.kubiya.server.state.content;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An output of a state.
 *
 * @param type as Terraform writes types: {@code "string"}, {@code ["list", "string"]}
 */
public record StateOutput(String name, JsonNode type, JsonNode value, boolean sensitive) {

    /** Without its value when that is sensitive. */
    public StateOutput masked() {
        return sensitive ? new StateOutput(name, type, NullNode.instance, true) : this;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("name", name);
        json.set("type", type);
        json.set("value", value);
        return json.put("sensitive", sensitive);
    }

    /** The outputs of a state that was taken before, in its order. */
    static List<StateOutput> read(InputStream in) throws IOException {
        return StateReader.readKept(in, reader -> {
            List<StateOutput> outputs = new ArrayList<>();
            reader.document((member, value) -> {
                if (member.equals("outputs") && value.isObject()) {
                    value.members((name, output) -> outputs.add(of(name, output.tree())));
                }
            });
            return List.copyOf(outputs);
        });
    }

    private static StateOutput of(String name, JsonNode output) {
        return new StateOutput(
                name,
                output.path("type").isMissingNode() ? NullNode.instance : output.path("type"),
                output.path("value").isMissingNode() ? NullNode.instance : output.path("value"),
                output.path("sensitive").asBoolean());
    }
}
