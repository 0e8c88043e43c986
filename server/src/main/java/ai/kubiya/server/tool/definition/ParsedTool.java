package ai.kubiya.server.tool.definition;

import java.util.List;

/** The result of reading a definition. */
public sealed interface ParsedTool {

    /** A definition that can be run. */
    record Valid(ToolDefinition definition) implements ParsedTool {}

    /** Everything that is wrong with it, at least one. */
    record Invalid(List<Problem> problems) implements ParsedTool {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
