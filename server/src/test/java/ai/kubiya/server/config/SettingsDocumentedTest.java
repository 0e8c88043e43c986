package ai.kubiya.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of settings in the documentation is the list of settings. */
class SettingsDocumentedTest {
    @Test
    void operationsListsEverySettingWithItsDefault() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/operations.md")).stream()
                        .filter(line -> line.startsWith("| `KUBIYA_")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Setting.values())
                        .map(setting -> "| `%s` | %s | %s |"
                                .formatted(
                                        setting.variable(),
                                        setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`",
                                        setting.description()))
                        .toList());
    }
}
