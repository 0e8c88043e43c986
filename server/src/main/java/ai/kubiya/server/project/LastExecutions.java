package ai.kubiya.server.project;

import ai.kubiya.server.access.Caller;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Knows what was done last with projects. */
@FunctionalInterface
public interface LastExecutions {
    /** The newest execution of each of these projects that has any, by the project's id. */
    Map<UUID, ObjectNode> of(Caller caller, List<UUID> projects);
}
