package ai.kubiya.server.source.discovery;

import ai.kubiya.server.tool.definition.ParsedTool;
import ai.kubiya.server.tool.definition.Problem;
import ai.kubiya.server.tool.definition.ToolDefinition;
import ai.kubiya.server.tool.definition.ToolDefinitionParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds everything that a checked-out folder defines. */
public final class Discovery {

    /** What {@code kubiya bundle} leaves in a repository: the result of a discovery elsewhere, used instead of ours. */
    private static final String BUNDLE = "kubiya_bundle.json";

    private final PythonDiscovery python;

    public Discovery(PythonDiscovery python) {
        this.python = python;
    }

    /**
     * Never fails because of what a file says; only an unreadable root is an exception.
     *
     * @param dynamicConfig what Python modules find in {@code tool_registry.dynamic_config}
     */
    public Discovered discover(Path root, ObjectNode dynamicConfig) {
        SourceTree tree;
        try {
            tree = SourceTree.of(root);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        List<Finding> findings = new ArrayList<>();
        if (tree.overflowed()) {
            String text = "the source has more than " + SourceTree.MOST_FILES + " files; the rest were not read";
            findings.add(new Finding.Failed(new DiscoveryError(".", "TooManyFiles", text, ""), 0));
        }
        List<Path> bundle = tree.toolFiles().stream()
                .filter(file -> file.equals(tree.root().resolve(BUNDLE)))
                .toList();
        ToolFileReader reader = new ToolFileReader();
        for (Path file : bundle.isEmpty() ? tree.toolFiles() : bundle) {
            findings.addAll(reader.read(tree.relative(file), file));
        }
        if (bundle.isEmpty()) {
            findings.addAll(python.discover(tree, dynamicConfig));
        }
        return sorted(findings);
    }

    private static Discovered sorted(List<Finding> findings) {
        // List.sort is stable: findings of one line keep the order in which they were made.
        findings.sort(Comparator.comparing(Finding::file).thenComparingInt(Finding::position));
        List<FoundTool> tools = new ArrayList<>();
        List<JsonNode> workflows = new ArrayList<>();
        List<DiscoveryError> errors = new ArrayList<>();
        Map<String, FoundTool> byName = new HashMap<>();
        for (Finding finding : findings) {
            switch (finding) {
                case Finding.Failed failed -> errors.add(failed.error());
                case Finding.Workflow workflow ->
                    workflows.add(workflow.definition().deepCopy().put("file_name", workflow.file()));
                case Finding.Tool tool -> add(tool, tools, errors, byName);
            }
        }
        return new Discovered(tools, workflows, errors);
    }

    private static void add(
            Finding.Tool tool, List<FoundTool> tools, List<DiscoveryError> errors, Map<String, FoundTool> byName) {
        switch (ToolDefinitionParser.parse(tool.definition())) {
            case ParsedTool.Valid(ToolDefinition definition) -> {
                FoundTool found = new FoundTool(definition.from(definition.source(), tool.file()), tool.file());
                FoundTool first = byName.putIfAbsent(definition.name(), found);
                if (first == null) {
                    tools.add(found);
                } else {
                    errors.add(duplicate(first, found));
                }
            }
            case ParsedTool.Invalid(List<Problem> problems) -> {
                String name = tool.definition().path("name").asText("");
                String shown = name.isBlank() ? "a tool without a name" : "tool \"" + name + "\"";
                String text = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
                errors.add(new DiscoveryError(tool.file(), "InvalidTool", shown + ": " + text, ""));
            }
        }
    }

    private static DiscoveryError duplicate(FoundTool first, FoundTool second) {
        String where = first.fileName().equals(second.fileName())
                ? "twice in " + first.fileName()
                : "in " + first.fileName() + " and in " + second.fileName();
        String text =
                "duplicate name: \"" + first.definition().name() + "\" is defined " + where + "; the first one is kept";
        return new DiscoveryError(second.fileName(), "DuplicateName", text, "");
    }
}
