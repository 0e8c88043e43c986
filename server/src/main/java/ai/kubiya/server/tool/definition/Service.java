package ai.kubiya.server.tool.definition;

import java.util.List;
import java.util.Map;

/** A container that runs beside the tool and is reachable under its name. */
public record Service(String name, String image, List<Integer> exposedPorts, Map<String, String> env) {

    public Service {
        exposedPorts = List.copyOf(exposedPorts);
        env = Map.copyOf(env);
    }
}
