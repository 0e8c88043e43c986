package ai.kubiya.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void useThisHome() {
        environment.put("HOME", home.toString());
    }

    private Settings read(String... flags) {
        return new SettingsReader(environment).read(List.of(flags));
    }

    private List<String> problems(String... flags) {
        try {
            read(flags);
            return List.of();
        } catch (InvalidSettings e) {
            return e.problems();
        }
    }

    private void file(String text) throws IOException {
        Path file = home.resolve(".kubiya/server.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void hasADefaultForEverything() {
        Settings settings = read();

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.number(Setting.PORT)).isEqualTo(8080);
        assertThat(settings.data()).isEqualTo(home.resolve(".kubiya/data"));
        for (Setting setting : Setting.values()) {
            assertThat(settings.origins()).containsEntry(setting, "default");
            assertThat(settings.text(setting)).isEqualTo(setting.byDefault());
            assertThat(setting.description()).endsWith(".");
        }
    }

    @Test
    void letsFlagsWinOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        file("port: 1001\nKUBIYA_TOOL_TIMEOUT: 11\nconcurrency: 3\n");
        environment.put("KUBIYA_PORT", "1002");
        environment.put("KUBIYA_TOOL_TIMEOUT", " 12 ");

        Settings settings = read("--port", "1003", "--log=json");

        assertThat(settings.number(Setting.PORT)).isEqualTo(1003);
        assertThat(settings.number(Setting.TOOL_TIMEOUT)).isEqualTo(12);
        assertThat(settings.number(Setting.CONCURRENCY)).isEqualTo(3);
        assertThat(settings.text(Setting.LOG)).isEqualTo("json");
        assertThat(settings.origins())
                .containsEntry(Setting.PORT, "flag")
                .containsEntry(Setting.TOOL_TIMEOUT, "environment")
                .containsEntry(Setting.CONCURRENCY, "file");
    }

    @Test
    void listsEveryProblemAtOnce() throws IOException {
        file("no_such_setting: 1\n");
        environment.put("KUBIYA_PORT", "http");
        environment.put("KUBIYA_EXECUTOR", "magic");
        environment.put("KUBIYA_ALLOW_FILE_SOURCES", "yes");

        assertThat(problems("--no-such-flag", "--tool-timeout", "0", "--host"))
                .anyMatch(problem -> problem.contains("no_such_setting"))
                .anyMatch(problem -> problem.contains("--no-such-flag"))
                .anyMatch(problem -> problem.contains("--host needs a value"))
                .anyMatch(problem -> problem.contains("KUBIYA_PORT must be a whole number"))
                .anyMatch(problem -> problem.contains("KUBIYA_EXECUTOR must be one of"))
                .anyMatch(problem -> problem.contains("KUBIYA_ALLOW_FILE_SOURCES must be one of false, true"))
                .anyMatch(problem -> problem.contains("KUBIYA_TOOL_TIMEOUT must be a whole number"))
                .hasSize(7);
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 65536",
        "PORT, -1",
        "PORT, 80.5",
        "HOST, ''",
        "RATE_LIMIT_PER_MINUTE, -1",
        "RATE_LIMIT_PER_DAY, 5k",
        "RATE_LIMIT_BURST, 99999999999",
        "KEY_GUESSES_PER_MINUTE, few",
        "TOOL_TIMEOUT, 0",
        "TOOL_MEMORY_MB, 1",
        "TOOL_PROCESSES, 99999999999",
        "TOOL_OUTPUT_MB, lots",
        "CONCURRENCY, 0",
        "EXECUTOR, Docker",
        "KUBERNETES_CPU, half",
        "KUBERNETES_START_SECONDS, 0",
        "LLM_PROVIDER, acme",
        "LOG, xml",
        "LOG_LEVEL, loud",
        "TOOL_NETWORK, 1",
        "DATABASE_URL, mysql://x/y",
        "PUBLIC_URL, example.com",
        "GIT_CREDENTIALS, /no/such/file"
    })
    void refusesAValueThatCannotBeMeant(Setting setting, String value) {
        environment.put(setting.variable(), value);

        assertThat(problems()).singleElement().asString().startsWith(setting.variable() + " must");
    }

    @Test
    void neverRepeatsASecretInAProblem() {
        environment.put("KUBIYA_DATABASE_URL", "mysql://root:hunter2@db/x");

        assertThat(problems()).singleElement().asString().doesNotContain("hunter2");
    }

    @Test
    void readsAFileThatIsNamedAndSaysWhenItIsNotThere() throws IOException {
        Path file = Files.writeString(home.resolve("other.yaml"), "port: 7\n");
        environment.put("KUBIYA_CONFIG", file.toString());
        assertThat(read().number(Setting.PORT)).isEqualTo(7);

        environment.put("KUBIYA_CONFIG", home.resolve("missing.yaml").toString());
        assertThat(problems()).singleElement().asString().contains("missing.yaml", "does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "'port: [', not valid YAML",
        "'just text', must hold lines",
        "'- port', must hold lines",
        "'port: [1]', must be a single value",
        "'port: {a: 1}', must be a single value"
    })
    void refusesAFileThatIsNone(String text, String words) throws IOException {
        file(text);

        assertThat(problems()).anyMatch(problem -> problem.contains(words));
    }

    @Test
    void takesAnEmptyFileForNone() throws IOException {
        for (String text : List.of("", "# only a comment\n", "---\n", "port:\n")) {
            file(text);
            assertThat(read().number(Setting.PORT)).as(text).isEqualTo(8080);
        }
    }

    @Test
    void findsTheDataDirectoryBelowHome() {
        environment.put("KUBIYA_DATA", "~/elsewhere/../data");
        assertThat(read().data()).isEqualTo(home.resolve("data"));
        environment.put("KUBIYA_DATA", "~");
        assertThat(read().data()).isEqualTo(home);
        environment.put("KUBIYA_DATA", "relative");
        assertThat(read().data()).isAbsolute();
    }

    @Test
    void namesEverySettingThreeWays() {
        assertThat(Setting.TOOL_MEMORY_MB.variable()).isEqualTo("KUBIYA_TOOL_MEMORY_MB");
        assertThat(Setting.TOOL_MEMORY_MB.flag()).isEqualTo("--tool-memory-mb");
        assertThat(Arrays.stream(Setting.values()).filter(Setting::isSecret))
                .containsExactlyInAnyOrder(
                        Setting.DATABASE_URL, Setting.MASTER_KEY, Setting.MASTER_KEY_PREVIOUS, Setting.LLM_API_KEY);
    }

    @Test
    void joinsTheProblemsForALog() {
        environment.put("KUBIYA_PORT", "x");
        environment.put("KUBIYA_LOG", "x");

        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> read())
                .withMessageContaining("KUBIYA_PORT")
                .withMessageContaining("KUBIYA_LOG");
    }
}
