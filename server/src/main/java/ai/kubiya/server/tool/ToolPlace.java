package ai.kubiya.server.tool;

import java.util.UUID;

/** Where a tool stands among all, in the order of their names. It is a place also when the tool is gone. */
public record ToolPlace(String name, UUID id) {}
