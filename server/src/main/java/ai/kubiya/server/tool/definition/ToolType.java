package ai.kubiya.server.tool.definition;

import java.util.Locale;
import java.util.Optional;

/** How a tool's content is run. */
public enum ToolType {
    DOCKER,
    SCRIPT,
    PYTHON,
    MCP;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Knows the other names that definitions in the wild use for the same thing. */
    static Optional<ToolType> of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "docker", "container" -> Optional.of(DOCKER);
            case "script", "shell", "bash", "sh", "command" -> Optional.of(SCRIPT);
            case "python", "python3", "function" -> Optional.of(PYTHON);
            case "mcp" -> Optional.of(MCP);
            default -> Optional.empty();
        };
    }
}
