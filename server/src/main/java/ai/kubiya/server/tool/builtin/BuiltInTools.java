package ai.kubiya.server.tool.builtin;

import java.util.List;
import java.util.Optional;

/** All tools that the platform brings. */
public record BuiltInTools(List<BuiltInTool> all) {
    public BuiltInTools {
        all = List.copyOf(all);
    }

    public Optional<BuiltInTool> find(String name) {
        return all.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /** Those of these names. */
    public List<BuiltInTool> named(List<String> names) {
        return all.stream().filter(tool -> names.contains(tool.name())).toList();
    }
}
