package ai.kubiya.server.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.tool.definition.ToolType;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleSourceTest {

    private static final Path EXAMPLE = Path.of("../examples/tool-source");

    @TempDir
    private Path temporary;

    @Test
    void hasNoErrors() {
        Discovered found = new SourceFolder(temporary).discover(EXAMPLE);

        assertThat(found.errors()).isEmpty();
        assertThat(SourceFolder.names(found))
                .containsExactly(
                        "hello",
                        "echo",
                        "count",
                        "show-arguments",
                        "check-secret",
                        "slug",
                        "compare_names",
                        "cache_ping",
                        "who_is_on_call_platform",
                        "note",
                        "disk_report",
                        "count_lines",
                        "longest_line");
        assertThat(found.tools())
                .allSatisfy(tool -> assertThat(tool.definition().type()).isIn(ToolType.SCRIPT, ToolType.PYTHON));
    }

    @Test
    void dynamicConfigurationDecidesWhichToolsThereAre() throws IOException {
        Discovered found = new SourceFolder(temporary)
                .withConfig("{\"teams\": {\"web\": [\"ann\"], \"data\": [\"bob\", \"cem\"]}}")
                .discover(EXAMPLE);

        assertThat(SourceFolder.names(found))
                .contains("who_is_on_call_web", "who_is_on_call_data")
                .doesNotContain("who_is_on_call_platform");
    }
}
