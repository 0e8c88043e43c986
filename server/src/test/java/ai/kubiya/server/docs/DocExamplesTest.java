package ai.kubiya.server.docs;

import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Folders;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of every page, run as a reader would run it, against a server. */
class DocExamplesTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static ScriptedModelServer model;
    private static TestServer server;

    @BeforeAll
    static void start() {
        model = new ScriptedModelServer();
        for (int i = 0; i < 50; i++) {
            model.then(text("All is well."));
        }
        server = TestServer.builder()
                .withSetting("KUBIYA_ALLOW_FILE_SOURCES", "true")
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", model.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .withSetting("PATH", System.getenv("PATH"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        model.close();
    }

    private static Stream<String> all() throws IOException {
        List<String> pages = new ArrayList<>(
                List.of("README.md", "sdk/javascript/README.md", "sdk/python/README.md", "sdk/java/README.md"));
        try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md"))
                    .map(path -> REPOSITORY.relativize(path).toString())
                    .sorted()
                    .forEach(pages::add);
        }
        return pages.stream();
    }

    private static String read(String page) throws IOException {
        return Files.readString(REPOSITORY.resolve(page));
    }

    /** Those with something to run. */
    static Stream<String> pages() throws IOException {
        String only = System.getProperty("docs.only", "");
        List<String> pages = new ArrayList<>();
        for (String page : all().toList()) {
            if (page.contains(only) && !DocExamples.script(read(page)).isEmpty()) {
                pages.add(page);
            }
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void work(String page) throws IOException, InterruptedException {
        Path folder = Folders.make("kubiya-docs-");
        try {
            String key = server.newOrganization().key();
            Path script = Files.writeString(folder.resolve("page.sh"), script(page, folder, key));
            ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                    .directory(folder.resolve("here").toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            Map<String, String> environment = builder.environment();
            environment.put("HOME", folder.toString());
            environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
            environment.put("REFUSED", folder.resolve("refused").toString());
            environment.put(
                    "JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
            environment.put("CLASSPATH", classPath());
            environment.put("KUBIYA_BASE_URL", server.url());
            environment.put("PYTHONPATH", REPOSITORY.resolve("sdk/python/src").toString());
            environment.put("PYTHONDONTWRITEBYTECODE", "1");
            Path output = folder.resolve("output");
            Process process = builder.redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.toHandle().destroyForcibly();
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as(page + " does not end:\n" + said).isTrue();
            assertThat(process.exitValue()).as(page + ":\n" + said).isZero();
            assertThat(said).contains("=== line ");
        } finally {
            Folders.delete(folder);
        }
    }

    /** What stands in the page, with this server and this key, in a folder that is like the repository. */
    private static String script(String page, Path folder, String key) throws IOException {
        Path here = Files.createDirectory(folder.resolve("here"));
        for (String part : List.of("examples", "deploy")) {
            Files.createSymbolicLink(here.resolve(part), REPOSITORY.resolve(part));
        }
        Path modules = Files.createDirectories(here.resolve("node_modules/@kubiya"));
        Files.createSymbolicLink(modules.resolve("sdk"), REPOSITORY.resolve("sdk/javascript"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        // Like curl, and notes which answers were errors.
        executable(bin.resolve("curl"), """
                #!/usr/bin/env bash
                headers=$(mktemp)
                PATH=${PATH#*:} curl -D "$headers" "$@"
                code=$?
                status=$(grep -a '^HTTP/' "$headers" | tail -1 | cut -d' ' -f2)
                [ "${status:-0}" -lt 400 ] || echo "$status $*" >> "$REFUSED"
                rm -f "$headers"
                exit $code
                """);
        executable(here.resolve("kubiya"), """
                #!/usr/bin/env bash
                exec "$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$CLASSPATH" ai.kubiya.cli.Main "$@"
                """);
        String prelude = """
                set -e -o pipefail
                KEY=%s
                api() { curl -sS -H "Authorization: UserKey $KEY" "$@"; }
                """.formatted(key);
        return prelude
                + DocExamples.script(read(page))
                        .replaceAll("\\b(localhost|127\\.0\\.0\\.1):8080", "127.0.0.1:" + server.port())
                        .replace("/tmp/tools", folder.resolve("tools").toString())
                        .replace("uk_…", key);
    }

    private static void executable(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(java.util.stream.Collectors.joining(":"));
    }

    @Test
    void jsonIsJson() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (String page : all().toList()) {
            for (String json : DocExamples.json(read(page))) {
                assertThat(mapper.readTree(json)).as(page).isNotNull();
            }
        }
    }

    /** So that leaving one out stays an exception that somebody sees. */
    @Test
    void fewAreLeftOut() throws IOException {
        List<String> reasons = new ArrayList<>();
        for (String page : all().toList()) {
            DocExamples.notRun(read(page)).forEach(reason -> reasons.add(page + ": " + reason));
        }
        assertThat(reasons).hasSizeLessThan(30).allMatch(reason -> reason.length() > 25);
    }
}
