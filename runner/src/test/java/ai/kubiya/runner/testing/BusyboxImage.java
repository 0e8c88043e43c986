package ai.kubiya.runner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small image made on the spot, so that containers can be tested without a registry. */
public final class BusyboxImage {
    public static final String NAME = "localhost/kubiya-test-busybox:latest";

    /** The same with a web server as its command. */
    public static final String WEB = "localhost/kubiya-test-web:latest";

    private BusyboxImage() {}

    /** Makes the image in podman's store; fails with a hint where podman or busybox is missing. */
    public static void make(Path folder) throws IOException, InterruptedException {
        assumeFalse("true".equals(System.getenv("KUBIYA_TEST_WITHOUT_ENGINE")), "the operator has no engine");
        assertThat(Path.of("/usr/bin/podman"))
                .as("these tests need podman, runc and busybox: apt install podman runc busybox-static; "
                        + "to do without, set KUBIYA_TEST_WITHOUT_ENGINE=true")
                .isExecutable();
        Path bin = Files.createDirectories(folder.resolve("root/bin"));
        Path busybox = Files.exists(Path.of("/bin/busybox")) ? Path.of("/bin/busybox") : Path.of("/usr/bin/busybox");
        Files.copy(busybox, bin.resolve("busybox"));
        for (String applet : run("busybox", "--list").split("\n")) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        }
        for (String directory : List.of("etc", "tmp", "root", "proc", "dev", "sys")) {
            Files.createDirectories(folder.resolve("root").resolve(directory));
        }
        Files.writeString(folder.resolve("root/etc/greeting"), "hello from a service\n");
        Files.writeString(folder.resolve("root/etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        Path archive = folder.resolve("root.tar");
        run("tar", "-C", folder.resolve("root").toString(), "-cf", archive.toString(), ".");
        run("podman", "import", archive.toString(), NAME);
        run(
                "podman",
                "import",
                "--change",
                "CMD [\"/bin/httpd\",\"-f\",\"-p\",\"8080\",\"-h\",\"/\"]",
                archive.toString(),
                WEB);
    }

    /** Runs a command of the host and answers what it printed. */
    public static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
