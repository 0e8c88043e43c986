package ai.kubiya.server.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonDiscoveryTest {

    private static final String TOOL = """
            from kubiya_sdk.tools import Arg, Tool, tool_registry

            tool_registry.register("x", Tool(name="%s", description="d", content="echo", args=[Arg(name="a", type="%s")]))
            """;

    @TempDir
    private Path temporary;

    @Test
    void findsToolsAndErrorsOfPythonAndYamlTogether() {
        Discovered found = new SourceFolder(temporary)
                .with("b/tools.yaml", "tools: [{name: yaml, description: d, content: echo}]")
                .with("a/x/good.py", TOOL.formatted("good", "str"))
                .with("a/x/missing.py", "import kubiya_sdk\nimport no_such_library\n")
                .with("a/x/syntax.py", "import kubiya_sdk\ndef f(:\n")
                .with("a/x/type.py", TOOL.formatted("typed", "colour"))
                .with("a/x/loop.py", "import kubiya_sdk\nwhile True: pass\n")
                .with("a/x/exit.py", "import kubiya_sdk, os\nos._exit(1)\n")
                .with("c/same.py", TOOL.formatted("yaml", "str"))
                .discover();

        assertThat(SourceFolder.names(found)).containsExactly("good", "yaml");
        assertThat(found.errors())
                .extracting(error -> error.file() + " " + error.type())
                .containsExactly(
                        "a/x/exit.py Crashed",
                        "a/x/loop.py TimeoutError",
                        "a/x/missing.py ModuleNotFoundError",
                        "a/x/syntax.py SyntaxError",
                        "a/x/type.py InvalidTool",
                        "c/same.py DuplicateName");
        assertThat(found.errors())
                .allSatisfy(error -> assertThat(error.toString()).doesNotContain("" + temporary));
    }

    @Test
    void keepsTheOrderOfTheFile() {
        String three = """
                from kubiya_sdk.tools import Tool, tool_registry
                late = Tool(name="first", description="d", content="c")
                tool_registry.register("x", Tool(name="second", description="d", content="c"))
                tool_registry.register("x", late)
                """;
        Discovered found = new SourceFolder(temporary)
                .with("z/a.py", TOOL.formatted("last", "str"))
                .with("a/a.py", three)
                .discover();

        assertThat(SourceFolder.names(found)).containsExactly("first", "second", "last");
    }

    @Test
    void withoutPythonEachProjectSaysSoAndYamlStillLoads() {
        Discovered found = new SourceFolder(temporary)
                .withoutPython()
                .with("tools.yaml", "tools: [{name: yaml, description: d, content: echo}]")
                .with("a/x/one.py", TOOL.formatted("one", "str"))
                .with("a/x/two.py", TOOL.formatted("two", "str"))
                .with("b/three.py", TOOL.formatted("three", "str"))
                .with("c/script.py", "print('no tool')\n")
                .discover();

        assertThat(SourceFolder.names(found)).containsExactly("yaml");
        assertThat(found.errors()).extracting(DiscoveryError::file).containsExactly("a", "b");
        assertThat(found.errors()).allSatisfy(error -> assertThat(error.error()).startsWith("python3 was not found"));
    }

    @Test
    void pythonIsNotStartedForASourceWithoutTools() {
        Discovered found = new SourceFolder(temporary)
                .inside((command, binds, stdin, timeout, memory) -> {
                    throw new AssertionError("started");
                })
                .with("a/script.py", "print('no tool')\n")
                .discover();

        assertThat(found.errors()).isEmpty();
    }

    @Test
    void aSandboxThatStopsLeavesWhatWasFound() {
        String written = """
                {"tool":{"name":"kept","description":"d","content":"c","file_name":"a/a.py"},"line":1}
                {"tool":{"name":"cut","descr""";
        Discovered found = new SourceFolder(temporary)
                .with("a/a.py", TOOL.formatted("kept", "str"))
                .inside((command, binds, stdin, timeout, memory) -> new PythonSandbox.Result(
                        137, written.getBytes(StandardCharsets.UTF_8), "", PythonSandbox.Stopped.MEMORY))
                .discover();

        assertThat(SourceFolder.names(found)).containsExactly("kept");
        assertThat(found.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.error()).contains("did not finish: it used too much memory"));
    }

    @Test
    void aSandboxThatCannotStartIsAnErrorOfTheSource() {
        Discovered found = new SourceFolder(temporary)
                .with("a/a.py", TOOL.formatted("kept", "str"))
                .inside((command, binds, stdin, timeout, memory) -> {
                    throw new UncheckedIOException(new IOException("no such program"));
                })
                .discover();

        assertThat(found.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.error()).contains("could not be started", "no such program"));
    }

    @Test
    void readsALargeRepository() throws IOException, InterruptedException {
        Path target = temporary.resolve("large");
        int exit = new ProcessBuilder(
                        PythonDiscovery.findPython().orElseThrow().toString(),
                        "../examples/make-tool-repository.py",
                        target.toString(),
                        "--tools",
                        "320",
                        "--packages",
                        "32",
                        "--broken",
                        "4")
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();

        Discovered found = new SourceFolder(temporary).discover(target);

        assertThat(found.tools()).hasSize(320);
        assertThat(found.errors()).hasSize(4);
        assertThat(found.tools()).isSortedAccordingTo(java.util.Comparator.comparing(FoundTool::fileName));
    }

    @Test
    void everyPythonFileIsPackaged() throws IOException {
        Path discovery = Path.of("../discovery");
        try (Stream<Path> files = Files.walk(discovery)) {
            List<String> present = files.filter(file -> file.toString().endsWith(".py"))
                    .map(file -> discovery.relativize(file).toString())
                    .filter(file -> !file.startsWith("tests"))
                    .sorted()
                    .toList();
            assertThat(DiscoveryFiles.names()).containsExactlyInAnyOrderElementsOf(present);
        }
    }
}
