package ai.kubiya.server.workflow.definition;

import java.util.Locale;
import java.util.Optional;

/** What a step does. The wire name is the lower-case name. */
public enum StepType {
    /** Runs a command or a script on a runner. */
    COMMAND,
    /** Runs a command in an image. */
    DOCKER,
    /** Runs a saved tool, or one that is defined in the step. */
    TOOL,
    /** Says something to an agent. */
    AGENT,
    /** Calls this API in the name of whoever started the workflow. */
    KUBIYA,
    /** Calls a url. */
    HTTP,
    /** Reads JSON with a jq program. */
    JQ,
    /** Runs another workflow. */
    WORKFLOW;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<StepType> of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "command", "shell", "script", "bash", "sh", "python" -> Optional.of(COMMAND);
            case "docker", "container" -> Optional.of(DOCKER);
            case "tool" -> Optional.of(TOOL);
            case "agent", "teammate" -> Optional.of(AGENT);
            case "kubiya", "api" -> Optional.of(KUBIYA);
            case "http" -> Optional.of(HTTP);
            case "jq" -> Optional.of(JQ);
            case "workflow" -> Optional.of(WORKFLOW);
            default -> Optional.empty();
        };
    }
}
