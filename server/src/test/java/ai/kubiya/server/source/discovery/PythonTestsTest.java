package ai.kubiya.server.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs the tests of the Python side, so that one command runs all. */
class PythonTestsTest {

    @Test
    void pass() throws IOException, InterruptedException {
        String python = PythonDiscovery.findPython().orElseThrow().toString();
        Process process = new ProcessBuilder(python, "-B", "-m", "unittest", "discover", "-t", ".", "-s", "tests")
                .directory(Path.of("../discovery").toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
