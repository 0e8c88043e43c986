package ai.kubiya.protocol;

import java.util.List;
import java.util.Map;

/**
 * A companion container that lives as long as the run and is reachable from it under its name.
 *
 * @param exposedPorts ports that must accept connections before the tool starts
 */
public record RunService(String name, String image, List<Integer> exposedPorts, Map<String, String> environment) {}
