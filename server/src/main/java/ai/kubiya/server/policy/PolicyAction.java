package ai.kubiya.server.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What policies are asked about. */
public enum PolicyAction {
    /** A tool is about to run, for a user or for an agent. */
    TOOL_EXECUTE("tool.execute"),
    /** Something is about to be said to an agent. */
    CHAT("chat"),
    /** A plan of a project is about to be applied. */
    PROJECT_APPLY("project.apply");

    private final String wireName;

    PolicyAction(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static Optional<PolicyAction> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(action -> action.wireName.equals(name))
                .findFirst();
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(PolicyAction::wireName).toList();
    }
}
