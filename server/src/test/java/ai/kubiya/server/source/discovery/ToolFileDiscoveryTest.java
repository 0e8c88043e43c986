package ai.kubiya.server.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolFileDiscoveryTest {

    @TempDir
    private Path temporary;

    @Test
    void readsListsSingleToolsSeveralDocumentsAndJson() {
        Discovered found = new SourceFolder(temporary)
                .with("b/list.yaml", """
                        tools:
                          - {name: two, description: d, content: echo 2}
                          - {name: one, description: d, content: echo 1}
                        """)
                .with("a/single.yml", """
                        name: alone
                        description: d
                        content: echo
                        args:
                          command: {description: The command, required: true}
                        ---
                        name: second document
                        description: d
                        image: alpine
                        entrypoint: [/bin/true]
                        """)
                .with("c/tool.json", "{\"name\": \"json\", \"description\": \"d\", \"content\": \"echo\"}")
                .discover();

        assertThat(found.errors()).isEmpty();
        assertThat(SourceFolder.names(found)).containsExactly("alone", "second document", "two", "one", "json");
        assertThat(found.tools().getFirst().fileName()).isEqualTo("a/single.yml");
        assertThat(found.tools().getFirst().definition().fileName()).isEqualTo("a/single.yml");
        assertThat(found.tools().getFirst().definition().args().getFirst().name())
                .isEqualTo("command");
    }

    @Test
    void findsWorkflowsAloneAndInLists() {
        Discovered found = new SourceFolder(temporary)
                .with("flow.yaml", """
                        name: alone
                        steps:
                          - {name: one, executor: {type: tool, config: {tool_def: {name: x, content: y}}}}
                        """)
                .with("list.yaml", "workflows:\n  - {name: listed, steps: [{name: a, command: echo}]}\n")
                .discover();

        assertThat(found.workflows())
                .extracting(flow -> flow.path("name").asText())
                .containsExactly("alone", "listed");
        assertThat(found.workflows().getFirst().path("file_name").asText()).isEqualTo("flow.yaml");
        assertThat(found.tools()).isEmpty();
        assertThat(found.errors()).isEmpty();
    }

    @Test
    void saysNothingOfFilesThatBelongToOtherPrograms() {
        Discovered found = new SourceFolder(temporary)
                .with("package.json", "{\"name\": \"x\", \"description\": \"d\", \"type\": \"module\", \"content\": 1}")
                .with("k8s.yaml", "apiVersion: v1\nkind: Pod\nname: x\ndescription: d\ncontent: y\n")
                .with("chart/Chart.yaml", "apiVersion: v2\nname: x\ndescription: d\ntype: application\n")
                .with("chart/templates/a.yaml", "tools:\n{{- range .Values.tools }}\n")
                .with("values.yaml", "image: nginx\ncontent: {{ nothing }}\n")
                .with("azure-pipelines.yml", "name: x\nsteps:\n  - script: make\n")
                .with("agent.yaml", "name: a\ntools: [bash, edit]\n")
                .with("functions.json", "{\"tools\": [{\"name\": \"f\", \"description\": \"d\", \"parameters\": {}}]}")
                .with("tsconfig.json", "{ // comments\n \"image\": }")
                .with(".github/workflows/ci.yaml", "tools: [{name: x, content: y}]")
                .with("node_modules/x/tools.yaml", "tools: [{name: x, content: y}]")
                .discover();

        assertThat(found.tools()).isEmpty();
        assertThat(found.workflows()).isEmpty();
        assertThat(found.errors()).isEmpty();
    }

    @Test
    void namesTheLineOfATabAndReadsTheOtherFiles() {
        Discovered found = new SourceFolder(temporary)
                .with("bad.yaml", "tools:\n  - name: x\n\tdescription: tab\n    content: echo\n")
                .with("good.yaml", "tools: [{name: good, description: d, content: echo}]")
                .discover();

        assertThat(SourceFolder.names(found)).containsExactly("good");
        assertThat(found.errors()).singleElement().satisfies(error -> {
            assertThat(error.file()).isEqualTo("bad.yaml");
            assertThat(error.type()).isEqualTo("InvalidYaml");
            assertThat(error.error()).startsWith("line 3, column 1: ").contains("TAB");
        });
    }

    @Test
    void oneBadToolDoesNotHideItsNeighbours() {
        Discovered found = new SourceFolder(temporary).with("tools.yaml", """
                        tools:
                          - {name: good, description: d, content: echo}
                          - {name: bad, description: d, content: echo, args: [{name: a, type: colour}]}
                          - {description: d, content: echo}
                          - nonsense
                        """).discover();

        assertThat(SourceFolder.names(found)).containsExactly("good");
        assertThat(found.errors())
                .extracting(DiscoveryError::error)
                .containsExactly(
                        "tool \"bad\": /args/0/type must be string, int, float, bool, object, array or file,"
                                + " got \"colour\"",
                        "a tool without a name: /name is required",
                        "an entry of \"tools\" must be an object");
    }

    @Test
    void keepsTheFirstOfTwoToolsWithOneName() {
        Discovered found = new SourceFolder(temporary)
                .with("a.yaml", "tools: [{name: same, description: first, content: echo}]")
                .with("b.yaml", "tools: [{name: same, description: second, content: echo}]")
                .discover();

        assertThat(found.tools())
                .singleElement()
                .satisfies(tool -> assertThat(tool.definition().description()).isEqualTo("first"));
        assertThat(found.errors()).singleElement().satisfies(error -> {
            assertThat(error.type()).isEqualTo("DuplicateName");
            assertThat(error.file()).isEqualTo("b.yaml");
            assertThat(error.error()).contains("\"same\"", "a.yaml", "b.yaml");
        });
    }

    @Test
    void resolvesAnchorsAndMergeKeys() {
        Discovered found = new SourceFolder(temporary).with("tools.yaml", """
                        base: &base {description: shared, content: echo, env: [A]}
                        tools:
                          - {<<: *base, name: one}
                          - {<<: *base, name: on, env: &env [B]}
                          - {name: 2024-01-01, description: d, content: echo, env: *env}
                        """).discover();

        assertThat(found.errors()).isEmpty();
        assertThat(SourceFolder.names(found)).containsExactly("one", "on", "2024-01-01");
        assertThat(found.tools().get(2).definition().env()).containsExactly("B");
    }

    @Test
    void isNotSlowedDownByTextMadeForIt() {
        Discovered found = new SourceFolder(temporary)
                .with("blank.yaml", "\n".repeat(1_000_000) + "tools: [")
                .with("names.yaml", "content:\n" + "name\n".repeat(200_000))
                .discover();

        assertThat(found.errors()).extracting(DiscoveryError::file).containsExactly("blank.yaml");
    }

    @Test
    void survivesAliasBombs() {
        StringBuilder wide = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        StringBuilder slim = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 12; level++) {
            String before = "*a" + (level - 1);
            wide.append("a%d: &a%d [%s]\n".formatted(level, level, (before + ", ").repeat(9)));
            slim.append("a%d: &a%d [%s, %s, %s, %s]\n".formatted(level, level, before, before, before, before));
        }
        Discovered found = new SourceFolder(temporary)
                .with("wide.yaml", wide + "tools: [{name: x, content: y}]\n")
                .with("slim.yaml", slim + "tools: [{name: x, content: y}]\n")
                .with("loop.yaml", "tools: &t\n  - {name: x, content: y, args: *t}\n")
                .discover();

        assertThat(found.tools()).isEmpty();
        assertThat(found.errors())
                .extracting(DiscoveryError::file)
                .containsExactly("loop.yaml", "slim.yaml", "wide.yaml");
    }

    @Test
    void reportsHugeAndNonUtf8FilesOnlyWhenTheyAreToolFiles() {
        String filler = "# filler ".repeat(600_000);
        Discovered found = new SourceFolder(temporary)
                .with("huge.yaml", "tools: []\n" + filler)
                .with("huge-other.yaml", "steps: []\n" + filler)
                .with(
                        "latin.yaml",
                        "tools: [{name: x, description: \u00fc, content: y}]".getBytes(StandardCharsets.ISO_8859_1))
                .with("latin-other.json", "{\"content\": \"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1))
                .discover();

        assertThat(found.errors()).extracting(DiscoveryError::type).containsExactly("TooLarge", "NotUtf8");
    }

    @Test
    void doesNotFollowLinksOutOfTheSource() throws IOException {
        SourceFolder source =
                new SourceFolder(temporary).with("real.yaml", "tools: [{name: inside, description: d, content: echo}]");
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("secret.yaml"), "tools: [{name: secret, description: d, content: echo}]");
        Files.createSymbolicLink(source.root().resolve("file.yaml"), outside.resolve("secret.yaml"));
        Files.createSymbolicLink(source.root().resolve("folder"), outside);
        Files.createSymbolicLink(source.root().resolve("nowhere.yaml"), outside.resolve("missing"));

        Discovered found = source.discover();

        assertThat(SourceFolder.names(found)).containsExactly("inside");
        assertThat(found.errors()).isEmpty();
    }

    @Test
    void aBundleAtTheRootReplacesTheRest() {
        Discovered found = new SourceFolder(temporary)
                .with(
                        "kubiya_bundle.json",
                        "{\"tools\": [{\"name\": \"b\", \"description\": \"d\", \"content\": \"x\"}]}")
                .with("tools.yaml", "tools: [{name: ignored, description: d, content: echo}]")
                .discover();

        assertThat(SourceFolder.names(found)).containsExactly("b");
    }
}
