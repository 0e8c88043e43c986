package ai.kubiya.server.source.discovery;

import ai.kubiya.server.tool.definition.ToolDefinition;

/**
 * A tool and the file that defines it, as a path from the root of the source. Its definition names the same file; it
 * names no source, which only the caller knows.
 */
public record FoundTool(ToolDefinition definition, String fileName) {}
