package ai.kubiya.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code deploy/} says of the server is what the server knows. */
class DeployFilesTest {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Pattern VARIABLE = Pattern.compile("KUBIYA_[A-Z][A-Z_]*[A-Z]");
    /** Read where Jobs are made, in no file of settings. */
    private static final Set<String> NO_SETTINGS = Set.of("KUBIYA_POD_NAMESPACE", "KUBIYA_POD_NAME", "KUBIYA_POD_UID");

    private static final YAMLMapper YAML = new YAMLMapper();

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : List.of("server", "systemd", "compose.yaml", "helm/kubiya-server")) {
            try (Stream<Path> all = Files.walk(DEPLOY.resolve(part))) {
                all.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return files;
    }

    @Test
    void nameSettingsThatThereAre() throws IOException {
        Set<String> known =
                Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
        known.addAll(NO_SETTINGS);
        Set<String> named = new TreeSet<>();
        for (Path file : files()) {
            VARIABLE.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group()));
        }
        assertThat(known).containsAll(named);
        assertThat(named).contains("KUBIYA_DATABASE_URL", "KUBIYA_MASTER_KEY", "KUBIYA_PUBLIC_URL", "KUBIYA_EXECUTOR");
    }

    @Test
    void theChartsSchemaKnowsEveryValueThatItHas() throws IOException {
        for (String chart : List.of("kubiya-server", "kubiya-runner")) {
            Path folder = DEPLOY.resolve("helm").resolve(chart);
            JsonNode values = YAML.readTree(Files.readString(folder.resolve("values.yaml")));
            JsonNode schema = YAML.readTree(Files.readString(folder.resolve("values.schema.json")));
            assertThat(unknown("", values, schema)).as(chart).isEmpty();
        }
    }

    private static List<String> unknown(String at, JsonNode values, JsonNode schema) {
        if (!schema.has("properties")) {
            return List.of();
        }
        return values.properties().stream()
                .flatMap(value -> {
                    JsonNode there = schema.path("properties").path(value.getKey());
                    String name = at + "/" + value.getKey();
                    return there.isMissingNode() ? Stream.of(name) : unknown(name, value.getValue(), there).stream();
                })
                .toList();
    }

    @Test
    void templatesUseValuesThatThereAre() throws IOException {
        Path folder = DEPLOY.resolve("helm/kubiya-server");
        JsonNode values = YAML.readTree(Files.readString(folder.resolve("values.yaml")));
        Pattern used = Pattern.compile("\\.Values((?:\\.[a-zA-Z]+)+)");
        Set<String> missing = new TreeSet<>();
        for (Path file : files()) {
            if (file.toString().contains("templates")) {
                used.matcher(Files.readString(file)).results().forEach(found -> {
                    if (values.at(found.group(1).replace('.', '/')).isMissingNode()) {
                        missing.add(found.group(1));
                    }
                });
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void composeHasBothServicesAndNoPasswordOfItsOwn() throws IOException {
        JsonNode compose = YAML.readTree(Files.readString(DEPLOY.resolve("compose.yaml")));

        assertThat(compose.at("/services/kubiya/build/dockerfile").asText()).isEqualTo("deploy/server/Dockerfile");
        assertThat(compose.at("/services/kubiya/environment/KUBIYA_MASTER_KEY").asText())
                .startsWith("${KUBIYA_MASTER_KEY:?");
        assertThat(compose.at("/services/postgres/environment/POSTGRES_PASSWORD")
                        .asText())
                .startsWith("${POSTGRES_PASSWORD:?");
        // Nobody outside the machine reaches it before somebody decided that.
        assertThat(compose.at("/services/kubiya/ports/0").asText()).startsWith("127.0.0.1:");
    }

    @Test
    void theUnitStartsTheLauncher() throws IOException {
        String unit = Files.readString(DEPLOY.resolve("systemd/kubiya.service"));

        assertThat(unit.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                .allMatch(line -> line.matches("\\[[A-Z][a-z]+]|[A-Z][A-Za-z]+=.*"))
                .contains("ExecStart=/opt/kubiya/kubiya up", "NoNewPrivileges=yes", "CapabilityBoundingSet=");
        assertThat(Files.isExecutable(Path.of("../kubiya"))).isTrue();
    }
}
