package ai.kubiya.server.tool;

import java.util.UUID;

/** What a tool's name for models is made of. */
record NamedTool(UUID id, String name, String sourceName) {
    String plain() {
        return ModelName.plain(name);
    }
}
