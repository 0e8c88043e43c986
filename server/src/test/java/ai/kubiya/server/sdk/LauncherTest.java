package ai.kubiya.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.cli.Main;
import ai.kubiya.sdk.KubiyaClient;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, in a folder that is like a checkout that was built. */
@ServerTest
class LauncherTest {
    private static final String LIBRARIES =
            "(jackson-(annotations|core|databind|dataformat-yaml)|snakeyaml|picocli|jspecify)-.*";

    @TempDir
    private Path checkout;

    /** What a command said, and which classes it loaded from where. */
    record Started(int exit, String out, List<String> loaded) {
        /** Without those that the JDK makes on the way, for lambdas and the like. */
        List<String> of(String name) {
            return loaded.stream()
                    .filter(line -> line.contains(name) && !line.contains("$$Lambda"))
                    .toList();
        }
    }

    @BeforeEach
    void setUp() throws IOException, URISyntaxException {
        Files.copy(Path.of("../kubiya"), checkout.resolve("kubiya"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        for (String module : List.of("protocol", "runner", "server", "cli", "sdk/java", "sdk/generator")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.writeString(checkout.resolve(module).resolve("pom.xml"), "");
        }
        for (String folder :
                List.of("api", "discovery", "docs", "web", "server/target/lib", "runner/target", "cli/target/lib")) {
            Files.createDirectories(checkout.resolve(folder));
        }
        commandLine(checkout.resolve("cli/target"));
        Files.writeString(checkout.resolve("runner/target/kubiya-runner.jar"), "");
        Files.writeString(checkout.resolve("server/target/kubiya-server.jar"), "");
    }

    /** The tests have it as classes; caches are made of jars. */
    private static void commandLine(Path target) throws IOException, URISyntaxException {
        Set<Path> own = new LinkedHashSet<>();
        for (Class<?> one : List.of(Main.class, KubiyaClient.class)) {
            own.add(Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        List<Path> jars =
                new ArrayList<>(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(path -> path.getFileName().toString().matches(LIBRARIES))
                        .toList());
        own.stream().filter(Files::isRegularFile).forEach(jars::add);
        List<String> names = new ArrayList<>();
        for (Path jar : jars) {
            Files.copy(jar, target.resolve("lib").resolve(jar.getFileName()));
            names.add("lib/" + jar.getFileName());
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(target.resolve("kubiya-cli.jar")), manifest)) {
            for (Path folder : own.stream().filter(Files::isDirectory).toList()) {
                add(folder, jar);
            }
        }
    }

    private static void add(Path folder, JarOutputStream jar) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                jar.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    private Started kubiya(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("kubiya").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Path loaded = checkout.resolve("loaded");
        Path out = checkout.resolve("out");
        builder.environment().putAll(environment);
        builder.environment().put("HOME", checkout.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
        Process process = builder.redirectOutput(out.toFile())
                .redirectError(checkout.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Started(process.exitValue(), Files.readString(out), Files.readAllLines(loaded));
    }

    @Test
    void theSecondStartTakesItsClassesFromTheCache(TestServer server) throws IOException, InterruptedException {
        ApiClient client = server.newOrganization();
        Map<String, String> environment = Map.of("KUBIYA_BASE_URL", server.url(), "KUBIYA_API_KEY", client.key());

        assertThat(kubiya(environment, "--version").out()).startsWith("kubiya ");
        Path cache = checkout.resolve("cli/target/kubiya-cli.aot");
        assertThat(cache).isNotEmptyFile();
        var made = Files.getLastModifiedTime(cache);

        Started list = kubiya(environment, "agent", "list", "-o", "json");
        assertThat(list.exit()).isZero();
        assertThat(list.out().strip()).isEqualTo("[ ]");
        assertThat(Files.getLastModifiedTime(cache)).isEqualTo(made);
        assertThat(list.of("ai.kubiya.")).isNotEmpty().allMatch(line -> line.contains("shared objects file"));
        assertThat(list.of("com.fasterxml.jackson."))
                .isNotEmpty()
                .allMatch(line -> line.contains("shared objects file"));
        assertThat(list.of("jdk.internal.net.http.HttpClientImpl "))
                .isNotEmpty()
                .allMatch(line -> line.contains("shared objects file"));
    }

    @Test
    void aCacheThatIsNoneHarmsNobody() throws IOException, InterruptedException {
        Path cache = checkout.resolve("cli/target/kubiya-cli.aot");
        for (String content : List.of("", "broken")) {
            Files.writeString(cache, content);
            Started version = kubiya(Map.of(), "--version");
            assertThat(version.exit()).isZero();
            assertThat(version.out()).startsWith("kubiya ");
            assertThat(cache).hasContent(content);
        }
    }
}
